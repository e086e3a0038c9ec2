<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Put a label on it</source>
        <translation>Ajouter une étiquette</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Écrire une note</translation>
    </message>
    <message>
        <source>Ask somebody at the client</source>
        <translation>Demander à quelqu’un chez le client</translation>
    </message>
    <message>
        <source>Come back to it later</source>
        <translation>Y revenir plus tard</translation>
    </message>
</context>
<context>
    <name>AccountCounts</name>
    <message numerus="yes">
        <source>%n account(s) need you.</source>
        <translation>
            <numerusform>%n compte a besoin de vous.</numerusform>
            <numerusform>%n comptes ont besoin de vous.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s), and all lines work.</source>
        <translation>
            <numerusform>%n compte, et la ligne fonctionne.</numerusform>
            <numerusform>%n comptes, et toutes les lignes fonctionnent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n caractère</numerusform>
            <numerusform>%n caractères</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Accounts</name>
    <message>
        <source>Choose one of the people first.</source>
        <translation>Choisissez d’abord quelqu’un.</translation>
    </message>
    <message>
        <source>cmdesk has its answer</source>
        <translation>cmdesk a sa réponse</translation>
    </message>
    <message>
        <source>You can close this page and go back to cmdesk.</source>
        <translation>Vous pouvez fermer cette page et revenir à cmdesk.</translation>
    </message>
    <message>
        <source>Nothing was linked</source>
        <translation>Rien n’a été relié</translation>
    </message>
    <message>
        <source>The login did not finish. Close this page and try again in cmdesk.</source>
        <translation>La connexion n’est pas allée au bout. Fermez cette page et réessayez dans cmdesk.</translation>
    </message>
    <message>
        <source>The address is copied.</source>
        <translation>L’adresse est copiée.</translation>
    </message>
    <message>
        <source>@{handle} is linked.</source>
        <translation>@{handle} est relié.</translation>
    </message>
    <message>
        <source>{clients} speaks as this account too. Check that it belongs here, or unlink it in one place.</source>
        <translation>Ce compte est aussi relié chez {clients}. Vérifiez qu’il a sa place ici, ou déliez-le à un endroit.</translation>
    </message>
    <message>
        <source>You can keep the key in memory until you close cmdesk. Accounts are linked again next time, and keys in the keyring rest until then.</source>
        <translation>Vous pouvez garder la clé en mémoire jusqu’à la fermeture de cmdesk. Il faudra relier les comptes la prochaine fois; d’ici là, les clés du trousseau ne servent pas.</translation>
    </message>
    <message>
        <source>The key has no safe place yet</source>
        <translation>La clé n’a pas encore de lieu sûr</translation>
    </message>
    <message>
        <source>This is somebody else</source>
        <translation>C’est quelqu’un d’autre</translation>
    </message>
    <message>
        <source>@{expected} was expected, but the server says this is @{found}.
Nothing was changed and no key was kept.</source>
        <translation>On attendait @{expected}, mais le serveur dit que c’est @{found}.
Rien n’a changé et aucune clé n’a été gardée.</translation>
    </message>
    <message>
        <source>Access was not allowed in the browser. Nothing was linked.</source>
        <translation>L’accès n’a pas été autorisé dans le navigateur. Rien n’a été relié.</translation>
    </message>
    <message>
        <source>No answer came from the browser in five minutes. Nothing was linked. Try again.</source>
        <translation>Le navigateur n’a rien répondu en cinq minutes. Rien n’a été relié. Réessayez.</translation>
    </message>
    <message>
        <source>The login did not finish. Nothing was linked. Try again.</source>
        <translation>La connexion n’est pas allée au bout. Rien n’a été relié. Réessayez.</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>pas encore</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>{when}. The try {tried} failed.</source>
        <translation>{when}. L’essai ({tried}) a échoué.</translation>
    </message>
    <message>
        <source>read {when}</source>
        <translation>lues {when}</translation>
    </message>
    <message>
        <source>usual ones, not read yet</source>
        <translation>les habituelles, pas encore lues</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Logiciel</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>non précisé</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Relié</translation>
    </message>
    <message>
        <source>Left to read</source>
        <translation>Lectures restantes</translation>
    </message>
    <message>
        <source>Left to send</source>
        <translation>Envois restants</translation>
    </message>
    <message>
        <source>Left to read today</source>
        <translation>Lectures restantes aujourd’hui</translation>
    </message>
    <message>
        <source>Left to send today</source>
        <translation>Envois restants aujourd’hui</translation>
    </message>
    <message>
        <source>{left} of {allowed}</source>
        <translation>{left} sur {allowed}</translation>
    </message>
    <message>
        <source>{left}, anew at {time}</source>
        <translation>{left}, de nouveau à {time}</translation>
    </message>
    <message>
        <source>No account yet</source>
        <translation>Pas encore de compte</translation>
    </message>
    <message>
        <source>Open one to look after it in its client’s own room.</source>
        <translation>Ouvrez-en un pour vous en occuper chez son client.</translation>
    </message>
    <message>
        <source>@{handle} answers. Its limits are up to date.</source>
        <translation>@{handle} répond. Ses limites sont à jour.</translation>
    </message>
    <message>
        <source>Unlink @{handle}?</source>
        <translation>Délier @{handle}?</translation>
    </message>
    <message>
        <source>cmdesk gives its access back and deletes the key. Planned posts of this account will not go out. Messages, posts and drafts stay here, and what is live stays live.</source>
        <translation>cmdesk rend son accès et supprime la clé. Les publications programmées de ce compte ne partiront pas. Messages, publications et brouillons restent ici, et ce qui est en ligne le reste.</translation>
    </message>
    <message>
        <source>Unlink @{handle}</source>
        <translation>Délier @{handle}</translation>
    </message>
    <message>
        <source>@{handle} is unlinked, and the server took the key back.</source>
        <translation>@{handle} est délié, et le serveur a repris la clé.</translation>
    </message>
    <message>
        <source>@{handle} is unlinked. Its key is deleted here.</source>
        <translation>@{handle} est délié. Sa clé est supprimée ici.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
    <message>
        <source>Check all accounts</source>
        <translation>Vérifier tous les comptes</translation>
    </message>
</context>
<context>
    <name>AccountsView</name>
    <message>
        <source>Check now</source>
        <translation>Vérifier maintenant</translation>
    </message>
    <message>
        <source>Link again</source>
        <translation>Lier de nouveau</translation>
    </message>
    <message>
        <source>Open the profile</source>
        <translation>Ouvrir le profil</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Délier</translation>
    </message>
    <message>
        <source>No client yet</source>
        <translation>Pas encore de client</translation>
    </message>
    <message>
        <source>Accounts belong to a client. Create the first one, then link its accounts.</source>
        <translation>Un compte appartient à un client. Créez le premier client, puis reliez ses comptes.</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Link a first account</source>
        <translation>Relier un premier compte</translation>
    </message>
    <message>
        <source>cmdesk publishes and answers as this account. You allow it in your browser; cmdesk never sees the password, and its key stays in this computer’s keyring.</source>
        <translation>cmdesk publie et répond au nom de ce compte. Vous l’autorisez dans votre navigateur; cmdesk ne voit jamais le mot de passe, et sa clé reste dans le trousseau de cet ordinateur.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Accounts of all clients</source>
        <translation>Comptes de tous les clients</translation>
    </message>
</context>
<context>
    <name>AgendaList</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Demain</translation>
    </message>
    <message>
        <source>Nothing planned today.</source>
        <translation>Rien de prévu aujourd’hui.</translation>
    </message>
</context>
<context>
    <name>AlarmWords</name>
    <message numerus="yes">
        <source>%n message(s) within an hour, where about {usual} are usual.</source>
        <translation>
            <numerusform>%n message en une heure, alors qu’il y en a d’habitude environ {usual}.</numerusform>
            <numerusform>%n messages en une heure, alors qu’il y en a d’habitude environ {usual}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) with words of a crisis: {words}.</source>
        <translation>
            <numerusform>%n message avec des mots de crise&#xa0;: {words}.</numerusform>
            <numerusform>%n messages avec des mots de crise&#xa0;: {words}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are talking in one conversation.</source>
        <translation>
            <numerusform>%n personne parle dans une même conversation.</numerusform>
            <numerusform>%n personnes parlent dans une même conversation.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your rule “{name}” asks you to look.</source>
        <translation>Votre règle «&#xa0;{name}&#xa0;» vous demande de regarder.</translation>
    </message>
</context>
<context>
    <name>Around</name>
    <message>
        <source>It repeats already.</source>
        <translation>Elle se répète déjà.</translation>
    </message>
    <message>
        <source>It comes again by itself. The next posts are made a month ahead.</source>
        <translation>Elle reviendra d’elle-même. Les prochaines publications sont préparées un mois d’avance.</translation>
    </message>
    <message>
        <source>The repetition has ended. What was planned stays.</source>
        <translation>La répétition est terminée. Ce qui était programmé reste.</translation>
    </message>
    <message>
        <source>A draft was made, suggested for that day.</source>
        <translation>Un brouillon est prêt, proposé pour ce jour-là.</translation>
    </message>
    <message>
        <source>It is on the idea board.</source>
        <translation>C’est noté au tableau d’idées.</translation>
    </message>
    <message>
        <source>That date is no longer shown for this client.</source>
        <translation>Cette date n’est plus affichée pour ce client.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Enregistré.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Retiré.</translation>
    </message>
    <message>
        <source>Kept on the idea board.</source>
        <translation>Notée au tableau d’idées.</translation>
    </message>
    <message>
        <source>Moved.</source>
        <translation>Déplacée.</translation>
    </message>
    <message>
        <source>The idea is a draft now.</source>
        <translation>L’idée est maintenant un brouillon.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouvelles</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bonnes</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>En rédaction</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisées</translation>
    </message>
    <message>
        <source>Without a pillar</source>
        <translation>Sans pilier</translation>
    </message>
</context>
<context>
    <name>AskDialog</name>
    <message>
        <source>Ask somebody at the client</source>
        <translation>Demander à quelqu’un chez le client</translation>
    </message>
    <message>
        <source>Whom do you ask?</source>
        <translation>À qui demandez-vous?</translation>
    </message>
    <message>
        <source>Somebody new…</source>
        <translation>Une nouvelle personne…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>E-mail (optional)</source>
        <translation>Courriel (facultatif)</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>cmdesk sends nothing to them by itself. The message waits on the client until you write down the answer.</source>
        <translation>cmdesk ne leur envoie rien de lui-même. Le message attend le client jusqu’à ce que vous notiez la réponse.</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>What you ask</source>
        <translation>Ce que vous demandez</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Copy the words</source>
        <translation>Copier le texte</translation>
    </message>
    <message>
        <source>Write an e-mail</source>
        <translation>Écrire un courriel</translation>
    </message>
</context>
<context>
    <name>BalanceDialog</name>
    <message>
        <source>Balance of pillars</source>
        <translation>Équilibre des piliers</translation>
    </message>
    <message>
        <source>Remove {pillar}</source>
        <translation>Retirer {pillar}</translation>
    </message>
    <message>
        <source>A pillar is a theme you come back to. A post belongs to it by its label.</source>
        <translation>Un pilier est un thème auquel vous revenez. Une publication s’y rattache par son étiquette.</translation>
    </message>
    <message>
        <source>New pillar</source>
        <translation>Nouveau pilier</translation>
    </message>
    <message>
        <source>Its label</source>
        <translation>Son étiquette</translation>
    </message>
    <message>
        <source>Wanted share</source>
        <translation>Part souhaitée</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>BarDialog</name>
    <message>
        <source>Words</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Premier jour</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>The client may read it</source>
        <translation>Le client peut la lire</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser là</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Nouvelle note</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagne</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>Nouvelle campagne</translation>
    </message>
</context>
<context>
    <name>CalendarHead</name>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Drafts and ideas</source>
        <translation>Brouillons et idées</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Agenda</source>
        <translation>Agenda</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>How to look at the calendar</source>
        <translation>Façon de voir le calendrier</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
</context>
<context>
    <name>CalendarPresenter</name>
    <message>
        <source>New post on this day</source>
        <extracomment>What may change what the calendar shows. How often the line of now moves, and the day turns. How many pages&apos; grounds are kept.</extracomment>
        <translation>Nouvelle publication ce jour-là</translation>
    </message>
    <message>
        <source>Move to another time</source>
        <translation>Déplacer à un autre moment</translation>
    </message>
    <message>
        <source>Copy to another time</source>
        <translation>Copier à un autre moment</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <source>Take out of the calendar</source>
        <translation>Retirer du calendrier</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Défaire</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Go to today</source>
        <translation>Aller à aujourd’hui</translation>
    </message>
    <message>
        <source>See the month</source>
        <translation>Voir le mois</translation>
    </message>
    <message>
        <source>See the week</source>
        <translation>Voir la semaine</translation>
    </message>
    <message>
        <source>See the day</source>
        <translation>Voir le jour</translation>
    </message>
    <message>
        <source>See the agenda</source>
        <translation>Voir l’agenda</translation>
    </message>
    <message>
        <source>See the year</source>
        <translation>Voir l’année</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Plus près</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Plus loin</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Drafts and ideas</source>
        <translation>Brouillons et idées</translation>
    </message>
    <message>
        <source>Next free slot</source>
        <translation>Prochain créneau libre</translation>
    </message>
    <message>
        <source>That time has passed. Choose a later one.</source>
        <translation>Ce moment est passé. Choisissez-en un plus tard.</translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>No client yet</source>
        <extracomment>The key for something new, the same in every room.</extracomment>
        <translation>Pas encore de client</translation>
    </message>
    <message>
        <source>Create a client first. Its posts will stand here.</source>
        <translation>Créez d’abord un client. Ses publications apparaîtront ici.</translation>
    </message>
    <message>
        <source>Nothing to see</source>
        <translation>Rien à voir</translation>
    </message>
    <message>
        <source>The filter hides what is here.</source>
        <translation>Le filtre masque ce qui est ici.</translation>
    </message>
    <message>
        <source>Nothing planned</source>
        <translation>Rien de prévu</translation>
    </message>
    <message>
        <source>Write a post and give it a time. It stands here until it goes out by itself.</source>
        <translation>Écrivez une publication et donnez-lui une heure. Elle attend ici, puis part d’elle-même.</translation>
    </message>
    <message>
        <source>Nothing planned here yet. Click on a day to write a post for it, or press {keys}.</source>
        <translation>Rien de prévu ici pour l’instant. Cliquez sur un jour pour y écrire une publication, ou appuyez sur {keys}.</translation>
    </message>
    <message>
        <source>Nothing planned this week. Click on an hour to write a post for it, or press {keys}.</source>
        <translation>Rien de prévu cette semaine. Cliquez sur une heure pour y écrire une publication, ou appuyez sur {keys}.</translation>
    </message>
    <message>
        <source>Nothing planned this day. Click on an hour to write a post for it, or press {keys}.</source>
        <translation>Rien de prévu ce jour-là. Cliquez sur une heure pour y écrire une publication, ou appuyez sur {keys}.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>For which client?</source>
        <translation>Pour quel client?</translation>
    </message>
</context>
<context>
    <name>Carrying</name>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Which column holds the text?</source>
        <translation>Quelle colonne contient le texte?</translation>
    </message>
    <message>
        <source>Imported.</source>
        <translation>Importé.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagne</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Content warning</source>
        <translation>Avertissement de contenu</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>New: {new}. Moved: {moved}. Already here: {same}. Wrong: {wrong}.</source>
        <translation>Nouvelles&#xa0;: {new}. Déplacées&#xa0;: {moved}. Déjà là&#xa0;: {same}. À corriger&#xa0;: {wrong}.</translation>
    </message>
    <message>
        <source>{field}: “{given}” can’t be used.</source>
        <translation>{field}&#xa0;: «&#xa0;{given}&#xa0;» ne peut pas servir.</translation>
    </message>
    <message>
        <source>{field}: nothing stands there that can be used.</source>
        <translation>{field}&#xa0;: rien d’utilisable à cet endroit.</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Déjà là</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Déplacée</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Programmée</translation>
    </message>
    <message>
        <source>Draft, suggested</source>
        <translation>Brouillon, proposé</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>It could not be written: {reason}</source>
        <translation>L’écriture a échoué&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Écrit dans {file}.</translation>
    </message>
    <message>
        <source>It could not be printed: {reason}</source>
        <translation>L’impression a échoué&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Enregistrer en PDF</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Tous les clients</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>In the list</source>
        <translation>Dans la liste</translation>
    </message>
    <message>
        <source>On this screen</source>
        <translation>Dans cet écran</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ClientForm</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>The client’s name, as you say it</source>
        <translation>Le nom du client, comme vous le dites</translation>
    </message>
    <message>
        <source>It is on everything that speaks in this client’s name.</source>
        <translation>Elle est sur tout ce qui parle au nom de ce client.</translation>
    </message>
    <message>
        <source>Language of its public</source>
        <translation>Langue de son public</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Posts are planned by the clock of this place.</source>
        <translation>Les publications sont programmées à l’heure de cet endroit.</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Heures de silence</translation>
    </message>
    <message>
        <source>None, or for example 22:00-07:00</source>
        <translation>Aucune, ou par exemple 22:00-07:00</translation>
    </message>
    <message>
        <source>What is late waits for their end. What you planned into them goes out all the same.</source>
        <translation>Ce qui est en retard attend qu’elles finissent. Ce que vous y avez prévu part quand même.</translation>
    </message>
</context>
<context>
    <name>Clients</name>
    <message>
        <source>Freeze everything of this client…</source>
        <translation>Geler tout ce qui sort de ce client…</translation>
    </message>
    <message>
        <source>Thaw this client…</source>
        <translation>Dégeler ce client…</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Create the client</source>
        <translation>Créer le client</translation>
    </message>
    <message>
        <source>Change the client</source>
        <translation>Modifier le client</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Thaw…</source>
        <translation>Dégeler…</translation>
    </message>
    <message>
        <source>Freeze everything…</source>
        <translation>Tout geler…</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Décisions</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Change name, colour, zone…</source>
        <translation>Modifier le nom, la couleur, le fuseau…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Sauvegarder maintenant</translation>
    </message>
    <message>
        <source>Export for hand-over…</source>
        <translation>Exporter pour transmettre…</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiver</translation>
    </message>
    <message>
        <source>{client} is backed up.</source>
        <translation>{client} est sauvegardé.</translation>
    </message>
    <message>
        <source>Export for hand-over</source>
        <translation>Exporter pour transmettre</translation>
    </message>
    <message>
        <source>Hand-over archive (*.zip)</source>
        <translation>Archive de transmission (*.zip)</translation>
    </message>
    <message>
        <source>The archive is written. It holds no passwords and no keys.</source>
        <translation>L’archive est écrite. Elle ne contient ni mot de passe ni clé.</translation>
    </message>
    <message>
        <source>Archive this client?</source>
        <translation>Archiver ce client?</translation>
    </message>
    <message>
        <source>It leaves the rail, and nothing of it goes out or comes in any more. Everything is kept. Bring it back from the preferences.</source>
        <translation>Il quitte la colonne de gauche, et plus rien n’en part ni n’y arrive. Tout est gardé. Vous pourrez le ramener depuis les préférences.</translation>
    </message>
    <message>
        <source>Archive {client}</source>
        <translation>Archiver {client}</translation>
    </message>
    <message>
        <source>{client} is archived.</source>
        <translation>{client} est archivé.</translation>
    </message>
    <message>
        <source>The copy is in place. Posts that may have gone out since are held for your decision.</source>
        <translation>La copie est en place. Les publications peut-être parties depuis attendent votre décision.</translation>
    </message>
</context>
<context>
    <name>Comment</name>
    <message>
        <source>First comment</source>
        <extracomment>Who may answer, as it can be chosen; the order is the one in which doors close.</extracomment>
        <translation>Premier commentaire</translation>
    </message>
    <message>
        <source>Links, thanks, hashtags: what should not stand in the post itself</source>
        <translation>Liens, remerciements, mots-clics&#xa0;: ce qui n’a pas sa place dans la publication</translation>
    </message>
    <message>
        <source>Remove the first comment</source>
        <translation>Retirer le premier commentaire</translation>
    </message>
    <message>
        <source>It goes out as an answer to the post, right after it.</source>
        <translation>Il part comme réponse à la publication, juste après elle.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Nothing written yet</source>
        <translation>Rien d’écrit encore</translation>
    </message>
    <message>
        <source>No account chosen</source>
        <translation>Aucun compte choisi</translation>
    </message>
    <message>
        <source>The network takes {left} of {whole} more, anew at {time}</source>
        <translation>Le réseau en prend encore {left} sur {whole}, de nouveau à {time}</translation>
    </message>
    <message>
        <source>{handles}: {sentence}</source>
        <translation>{handles}&#xa0;: {sentence}</translation>
    </message>
    <message>
        <source>{width} × {height}, {size}</source>
        <translation>{width}&#xa0;×&#xa0;{height}, {size}</translation>
    </message>
    <message>
        <source>Language not said</source>
        <translation>Langue non précisée</translation>
    </message>
    <message>
        <source>Went out {when}</source>
        <translation>Parue le {when}</translation>
    </message>
    <message>
        <source>Planned for {when}</source>
        <translation>Programmée pour le {when}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <extracomment>Posts read at once, and hits of a search.</extracomment>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>No post has these words. Try fewer letters.</source>
        <translation>Aucune publication ne contient ces mots. Essayez avec moins de lettres.</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Aucun brouillon</translation>
    </message>
    <message>
        <source>What you begin and leave is kept here.</source>
        <translation>Ce que vous commencez et laissez est gardé ici.</translation>
    </message>
    <message>
        <source>Nothing planned</source>
        <translation>Rien à venir</translation>
    </message>
    <message>
        <source>Posts with a time wait here until they go out.</source>
        <translation>Les publications programmées attendent ici leur heure.</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>Rien ne vous attend</translation>
    </message>
    <message>
        <source>Late, uncertain or refused posts show up here.</source>
        <translation>Les publications en retard, incertaines ou refusées apparaissent ici.</translation>
    </message>
    <message>
        <source>Nothing is live yet</source>
        <translation>Rien en ligne encore</translation>
    </message>
    <message>
        <source>Published posts stay here, with their links.</source>
        <translation>Les publications parues restent ici, avec leurs liens.</translation>
    </message>
    <message>
        <source>No posts yet</source>
        <translation>Aucune publication encore</translation>
    </message>
    <message>
        <source>Drafts, planned and live posts are listed here.</source>
        <translation>Les brouillons et les publications programmées ou en ligne apparaissent ici.</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Publish or schedule</source>
        <translation>Publier ou programmer</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Enregistrer maintenant</translation>
    </message>
    <message>
        <source>Duplicate the post</source>
        <translation>Dupliquer la publication</translation>
    </message>
    <message>
        <source>Split into parts that fit</source>
        <translation>Diviser en parties à la bonne longueur</translation>
    </message>
    <message>
        <source>Split into numbered parts</source>
        <translation>Diviser en parties numérotées</translation>
    </message>
    <message>
        <source>Next remark on the language</source>
        <translation>Remarque suivante sur la langue</translation>
    </message>
    <message>
        <source>Previous remark on the language</source>
        <translation>Remarque précédente sur la langue</translation>
    </message>
    <message>
        <source>Mend it with the first proposal</source>
        <translation>Corriger avec la première proposition</translation>
    </message>
    <message>
        <source>Mend all that is sure</source>
        <translation>Corriger tout ce qui est certain</translation>
    </message>
    <message>
        <source>Words kept aside cannot be read: the disk was damaged. The file was kept as “{name}”.</source>
        <translation>Des mots mis de côté sont illisibles&#xa0;: le disque est abîmé. Le fichier est conservé sous le nom «&#xa0;{name}&#xa0;».</translation>
    </message>
    <message>
        <source>This post is damaged</source>
        <translation>Cette publication est abîmée</translation>
    </message>
    <message>
        <source>Restore the last good version</source>
        <translation>Reprendre la dernière bonne version</translation>
    </message>
    <message>
        <source>This post cannot be shown</source>
        <translation>Cette publication ne peut pas être affichée</translation>
    </message>
    <message>
        <source>Words that were not stored</source>
        <translation>Des mots pas encore enregistrés</translation>
    </message>
    <message>
        <source>The disk refused them last time, so they were kept aside. Nothing of them is lost.</source>
        <translation>Le disque les a refusés la dernière fois, alors ils ont été mis de côté. Rien n’en est perdu.</translation>
    </message>
    <message>
        <source>Take them up again</source>
        <translation>Les reprendre</translation>
    </message>
    <message>
        <source>Link an account first</source>
        <translation>Reliez d’abord un compte</translation>
    </message>
    <message>
        <source>Then you write here, see at once how it will look, and choose when it goes out.</source>
        <translation>Ensuite, vous écrivez ici, voyez tout de suite le résultat et choisissez le moment de la parution.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
    <message>
        <source>Write your first post for {client}</source>
        <translation>Écrivez la première publication de {client}</translation>
    </message>
    <message>
        <source>Every word is kept as you type. Nothing goes out before you say so.</source>
        <translation>Chaque mot est gardé à mesure que vous écrivez. Rien ne sort avant que vous le disiez.</translation>
    </message>
    <message>
        <source>Write a post</source>
        <translation>Écrire une publication</translation>
    </message>
    <message>
        <source>Choose a post, or begin a new one</source>
        <translation>Choisissez une publication, ou commencez-en une</translation>
    </message>
    <message>
        <source>The list at the left holds drafts, planned and live posts.</source>
        <translation>La liste de gauche réunit les brouillons et les publications programmées ou en ligne.</translation>
    </message>
    <message>
        <source>The posts of all clients</source>
        <extracomment>Posts read at once of one client: of many clients few come into the first lines.</extracomment>
        <translation>Les publications de tous les clients</translation>
    </message>
    <message>
        <source>Choose one to open it with its client. To write, choose a client at the left first.</source>
        <translation>Choisissez-en une pour l’ouvrir chez son client. Pour écrire, choisissez d’abord un client à gauche.</translation>
    </message>
    <message>
        <source>Add pictures or a video</source>
        <translation>Ajouter des images ou une vidéo</translation>
    </message>
    <message>
        <source>Pictures and videos</source>
        <translation>Images et vidéos</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Image collée</translation>
    </message>
    <message>
        <source>Saved</source>
        <extracomment>The preview may lag a little more.</extracomment>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Non enregistré</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>Enregistrer de nouveau</translation>
    </message>
    <message>
        <source>Until then your words are kept in a file beside it, even if you close cmdesk.</source>
        <translation>D’ici là, vos mots sont gardés dans un fichier à côté, même si vous fermez cmdesk.</translation>
    </message>
    <message>
        <source>This post was changed somewhere else while you were writing. Your words are still here and nothing was overwritten.</source>
        <translation>Cette publication a été modifiée ailleurs pendant que vous écriviez. Vos mots sont toujours ici et rien n’a été écrasé.</translation>
    </message>
    <message>
        <source>Keep mine as a new version</source>
        <translation>Garder la mienne comme nouvelle version</translation>
    </message>
    <message>
        <source>Take the other one</source>
        <translation>Prendre l’autre</translation>
    </message>
    <message>
        <source>These words were copied from another client&apos;s text. They are in the text of {client} now.</source>
        <translation>Ces mots viennent du texte d’un autre client. Ils sont maintenant dans celui de {client}.</translation>
    </message>
    <message>
        <source>Take them out again</source>
        <translation>Les retirer</translation>
    </message>
    <message>
        <source>Nothing to split: every part fits.</source>
        <translation>Rien à diviser&#xa0;: chaque partie a la bonne longueur.</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>Tous les comptes</translation>
    </message>
    <message>
        <source>This account has words of its own.</source>
        <translation>Ce compte a son propre texte.</translation>
    </message>
    <message>
        <source>Follows all accounts until you change it here.</source>
        <translation>Suit le texte commun tant que vous ne le changez pas ici.</translation>
    </message>
    <message>
        <source>What is out stays as it is. Duplicate the post to write a new one.</source>
        <translation>Ce qui est sorti reste tel quel. Dupliquez la publication pour en écrire une autre.</translation>
    </message>
    <message>
        <source>It is out. Its words can be changed where it is, or duplicate it to write a new one.</source>
        <translation>Elle est sortie. Vous pouvez changer ses mots là où elle est, ou la dupliquer pour en écrire une nouvelle.</translation>
    </message>
    <message>
        <source>Change what is live</source>
        <translation>Changer ce qui est en ligne</translation>
    </message>
    <message>
        <source>It keeps its address. People may see that it was changed.</source>
        <translation>Elle garde son adresse. Les gens peuvent voir qu’elle a été modifiée.</translation>
    </message>
    <message>
        <source>Change as {handle} · {client}</source>
        <translation>Changer en tant que {handle} · {client}</translation>
    </message>
    <message>
        <source>Change what is live for {client}?</source>
        <translation>Changer ce qui est en ligne pour {client}?</translation>
    </message>
    <message>
        <source>The words of {handles} are replaced at once. Who saw the old ones has seen them.</source>
        <translation>Les mots de {handles} sont remplacés tout de suite. Qui a vu les anciens les a vus.</translation>
    </message>
    <message>
        <source>What is live has the new words.</source>
        <translation>Ce qui est en ligne a les nouveaux mots.</translation>
    </message>
    <message>
        <source>@{handle} refused the change, so what is live stays as it was.</source>
        <translation>@{handle} a refusé le changement&#xa0;: ce qui est en ligne reste tel quel.</translation>
    </message>
    <message>
        <source>Nobody can tell whether @{handle} took the change. Look at the live post, then change it again: it cannot go out twice.</source>
        <translation>Personne ne peut dire si @{handle} a pris le changement. Regardez la publication en ligne, puis changez-la encore&#xa0;: elle ne peut pas sortir deux fois.</translation>
    </message>
    <message>
        <source>Planned. It goes out by itself, or as soon as there is a network after that.</source>
        <translation>Programmée. Elle sortira d’elle-même, ou dès que le réseau sera revenu après cette heure.</translation>
    </message>
    <message>
        <source>Without a network it goes out as soon as there is one.</source>
        <translation>Sans réseau, elle sortira dès qu’il y en aura un.</translation>
    </message>
    <message>
        <source>Link an account first. What you write here is kept.</source>
        <translation>Reliez d’abord un compte. Ce que vous écrivez ici est gardé.</translation>
    </message>
    <message>
        <source>Choose at least one account above.</source>
        <translation>Choisissez au moins un compte ci-dessus.</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>Écrivez d’abord quelque chose.</translation>
    </message>
    <message>
        <source>Mend what is listed under the text first.</source>
        <translation>Corrigez d’abord ce qui est signalé sous le texte.</translation>
    </message>
    <message>
        <source>Choose a date and a time, or publish now.</source>
        <translation>Choisissez une date et une heure, ou publiez maintenant.</translation>
    </message>
    <message>
        <source>This time has passed. Choose a later one, or publish now.</source>
        <translation>Ce moment est passé. Choisissez-en un autre, ou publiez maintenant.</translation>
    </message>
    <message>
        <source>Publish as {handle} · {client}</source>
        <translation>Publier comme {handle} · {client}</translation>
    </message>
    <message>
        <source>Move, as {handle} · {client}</source>
        <translation>Déplacer, comme {handle} · {client}</translation>
    </message>
    <message>
        <source>Schedule as {handle} · {client}</source>
        <translation>Programmer comme {handle} · {client}</translation>
    </message>
    <message>
        <source>Publish for {client} now?</source>
        <translation>Publier maintenant pour {client}?</translation>
    </message>
    <message>
        <source>It goes out as {handles}. Once it is out, people may see it at once.</source>
        <translation>Elle sortira au nom de {handles}. Une fois sortie, elle peut être vue tout de suite.</translation>
    </message>
    <message>
        <source>Schedule for {client}?</source>
        <translation>Programmer pour {client}?</translation>
    </message>
    <message>
        <source>It goes out as {handles}, {when} ({zone}).</source>
        <translation>Elle sortira au nom de {handles}, {when} ({zone}).</translation>
    </message>
    <message>
        <source>On its way. Without a network it goes out as soon as there is one.</source>
        <translation>C’est parti. Sans réseau, elle sortira dès qu’il y en aura un.</translation>
    </message>
    <message>
        <source>Planned for {when}.</source>
        <translation>Programmée pour le {when}.</translation>
    </message>
    <message>
        <source>In the bin for 30 days.</source>
        <translation>À la corbeille pendant 30 jours.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>Mettre à la corbeille</translation>
    </message>
</context>
<context>
    <name>CopyCounts</name>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n publication</numerusform>
            <numerusform>%n publications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The copy is in place. %n post(s) are held for your decision.</source>
        <translation>
            <numerusform>La copie est en place. %n publication attend votre décision.</numerusform>
            <numerusform>La copie est en place. %n publications attendent votre décision.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n partie</numerusform>
            <numerusform>%n parties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish on %n account(s) · {client}</source>
        <translation>
            <numerusform>Publier sur %n compte · {client}</numerusform>
            <numerusform>Publier sur %n comptes · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Schedule for %n account(s) · {client}</source>
        <translation>
            <numerusform>Programmer pour %n compte · {client}</numerusform>
            <numerusform>Programmer pour %n comptes · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change on %n account(s) · {client}</source>
        <translation>
            <numerusform>Changer sur %n compte · {client}</numerusform>
            <numerusform>Changer sur %n comptes · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move for %n account(s) · {client}</source>
        <translation>
            <numerusform>Déplacer pour %n compte · {client}</numerusform>
            <numerusform>Déplacer pour %n comptes · {client}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoverDialog</name>
    <message>
        <source>Cover</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Your hours</source>
        <translation>Vos heures</translation>
    </message>
    <message>
        <source>For example mon-fri 9:00-17:00.</source>
        <translation>Par exemple lun-ven 9:00-17:00.</translation>
    </message>
    <message>
        <source>Days off</source>
        <translation>Jours de congé</translation>
    </message>
    <message>
        <source>For example 2026-12-24..2027-01-04.</source>
        <translation>Par exemple 2026-12-24..2027-01-04.</translation>
    </message>
    <message>
        <source>Holiday from</source>
        <translation>Congé du</translation>
    </message>
    <message>
        <source>until</source>
        <translation>au</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>CoverView</name>
    <message>
        <source>Your hours</source>
        <extracomment>The hours that a day shows: before and after nobody is open, nearly always.</extracomment>
        <translation>Vos heures</translation>
    </message>
</context>
<context>
    <name>Covering</name>
    <message>
        <source>A promise breaks</source>
        <extracomment>A holiday is shown as far as a line can be read.</extracomment>
        <translation>Une promesse est rompue</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Non couvert</translation>
    </message>
    <message>
        <source>No client has business hours yet. Agree on them in the client&apos;s calendar, under Hours and slots.</source>
        <translation>Aucun client n’a encore d’heures d’ouverture. Convenez-en dans le calendrier du client, sous Heures et créneaux.</translation>
    </message>
    <message>
        <source>Every client is covered.</source>
        <translation>Tous les clients sont couverts.</translation>
    </message>
    <message>
        <source>Uncovered on that holiday: {names}.</source>
        <translation>Sans couverture pendant ce congé&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>Not covered in your hours: {names}.</source>
        <translation>Non couverts pendant vos heures&#xa0;: {names}.</translation>
    </message>
</context>
<context>
    <name>DateTimeField</name>
    <message>
        <source>Tomorrow 9:30</source>
        <translation>Demain 9&#xa0;h&#xa0;30</translation>
    </message>
    <message>
        <source>Pick a day</source>
        <translation>Choisir un jour</translation>
    </message>
    <message>
        <source>Type a time as you would say it. Up and down move it by a quarter of an hour.</source>
        <translation>Écrivez l’heure comme vous la diriez. Les flèches haut et bas la déplacent d’un quart d’heure.</translation>
    </message>
</context>
<context>
    <name>DayCounts</name>
    <message numerus="yes">
        <source>%n decision(s) to take</source>
        <translation>
            <numerusform>%n décision à prendre</numerusform>
            <numerusform>%n décisions à prendre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) awaiting an answer</source>
        <translation>
            <numerusform>%n personne attend une réponse</numerusform>
            <numerusform>%n personnes attendent une réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) still to go out</source>
        <translation>
            <numerusform>%n publication à venir</numerusform>
            <numerusform>%n publications à venir</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Planned for {time}, as {handle} for {client}.</source>
        <translation>Prévue pour {time}, comme {handle} pour {client}.</translation>
    </message>
    <message>
        <source>Is it really not there?</source>
        <translation>N’y est-elle vraiment pas?</translation>
    </message>
    <message>
        <source>If the post is live on {handle} after all, it will be there twice. Look at the account first.</source>
        <translation>Si la publication est malgré tout en ligne sur {handle}, elle y sera deux fois. Regardez d’abord le compte.</translation>
    </message>
    <message>
        <source>It is not there: publish again</source>
        <translation>Elle n’y est pas&#xa0;: publier de nouveau</translation>
    </message>
    <message>
        <source>Publish now?</source>
        <translation>Publier maintenant?</translation>
    </message>
    <message>
        <source>It goes out as {handle}, for {client}, as soon as there is a network.</source>
        <translation>Elle sortira au nom de {handle}, pour {client}, dès qu’il y aura un réseau.</translation>
    </message>
    <message>
        <source>Publish as {handle}</source>
        <translation>Publier comme {handle}</translation>
    </message>
    <message>
        <source>Send the rest of the thread?</source>
        <translation>Envoyer la suite du fil?</translation>
    </message>
    <message>
        <source>{out} of {parts} parts are live on {handle}. The rest follows them, for {client}.</source>
        <translation>{out} parties sur {parts} sont en ligne sur {handle}. La suite part à son tour, pour {client}.</translation>
    </message>
    <message>
        <source>Send the rest as {handle}</source>
        <translation>Envoyer la suite comme {handle}</translation>
    </message>
    <message>
        <source>Leave the thread at that?</source>
        <translation>Laisser le fil ainsi?</translation>
    </message>
    <message>
        <source>{out} of {parts} parts stay live on {handle}. The rest is not sent.</source>
        <translation>{out} parties sur {parts} restent en ligne sur {handle}. La suite n’est pas envoyée.</translation>
    </message>
    <message>
        <source>Leave it at that</source>
        <translation>Le laisser ainsi</translation>
    </message>
    <message>
        <source>Let this one go out?</source>
        <translation>Laisser partir celle-ci?</translation>
    </message>
    <message>
        <source>It goes out on {handle} at its time, although {client} stays frozen.</source>
        <translation>Elle part sur {handle} à son heure, bien que {client} reste gelé.</translation>
    </message>
    <message>
        <source>Let it go as {handle}</source>
        <translation>La laisser partir comme {handle}</translation>
    </message>
    <message>
        <source>Leave it unpublished?</source>
        <translation>Ne pas la publier?</translation>
    </message>
    <message>
        <source>It will not go out on {handle}. The text stays here.</source>
        <translation>Elle ne sortira pas sur {handle}. Le texte reste ici.</translation>
    </message>
    <message>
        <source>Do not publish</source>
        <translation>Ne pas publier</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>New date and time</source>
        <translation>Nouvelle date et heure</translation>
    </message>
    <message>
        <source>Plan for this time</source>
        <translation>Programmer à ce moment</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Paste the link of the live post</source>
        <translation>Collez le lien de la publication en ligne</translation>
    </message>
    <message>
        <source>Link of the live post</source>
        <translation>Lien de la publication en ligne</translation>
    </message>
    <message>
        <source>This is the post</source>
        <translation>C’est bien elle</translation>
    </message>
    <message>
        <source>Publish now</source>
        <translation>Publier maintenant</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>Un autre moment…</translation>
    </message>
    <message>
        <source>Do not publish</source>
        <translation>Ne pas publier</translation>
    </message>
    <message>
        <source>It is live…</source>
        <translation>Elle est en ligne…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder de nouveau</translation>
    </message>
    <message>
        <source>Publish at its time</source>
        <translation>Publier à son heure</translation>
    </message>
    <message>
        <source>Next free time</source>
        <translation>Prochain moment libre</translation>
    </message>
    <message>
        <source>Send the rest</source>
        <translation>Envoyer la suite</translation>
    </message>
    <message>
        <source>Leave it at that</source>
        <translation>Laisser ainsi</translation>
    </message>
    <message>
        <source>Let this one go</source>
        <translation>Libérer celle-ci</translation>
    </message>
    <message>
        <source>Open the post</source>
        <translation>Ouvrir la publication</translation>
    </message>
    <message>
        <source>Link the account again</source>
        <translation>Relier le compte de nouveau</translation>
    </message>
    <message>
        <source>Look at @{handle}</source>
        <translation>Voir @{handle}</translation>
    </message>
    <message>
        <source>It is not there: publish again</source>
        <translation>Elle n’y est pas&#xa0;: publier de nouveau</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Réessayer maintenant</translation>
    </message>
</context>
<context>
    <name>Deliveries</name>
    <message>
        <source>Where it stands</source>
        <translation>Où elle en est</translation>
    </message>
</context>
<context>
    <name>DeliveryLine</name>
    <message>
        <source>Open the live post</source>
        <translation>Ouvrir la publication en ligne</translation>
    </message>
    <message>
        <source>Do not publish on @{handle}</source>
        <translation>Ne pas publier sur @{handle}</translation>
    </message>
</context>
<context>
    <name>Departments</name>
    <message>
        <source>Communications</source>
        <translation>Communications</translation>
    </message>
    <message>
        <source>Marketing</source>
        <translation>Marketing</translation>
    </message>
    <message>
        <source>Customer service</source>
        <translation>Service à la clientèle</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Production</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Ventes</translation>
    </message>
    <message>
        <source>Human resources</source>
        <translation>Ressources humaines</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Ailleurs</translation>
    </message>
</context>
<context>
    <name>EntryView</name>
    <message>
        <source>Private: only the people named in it can read it</source>
        <translation>Privé&#xa0;: seules les personnes nommées peuvent le lire</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open: {what}</source>
        <translation>Ouvrir&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Replier</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>Move the post</source>
        <translation>Déplacer la publication</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>Copy the post</source>
        <translation>Copier la publication</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Plan the draft</source>
        <translation>Programmer le brouillon</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Programmer</translation>
    </message>
    <message>
        <source>Choose one client, or a draft on the shelf, to find its next free slot.</source>
        <translation>Choisissez un client, ou un brouillon à côté, pour trouver son prochain créneau libre.</translation>
    </message>
    <message>
        <source>Planned in the next free slot.</source>
        <translation>Programmée au prochain créneau libre.</translation>
    </message>
    <message>
        <source>No words yet</source>
        <translation>Sans texte pour l’instant</translation>
    </message>
    <message>
        <source>The idea is a draft now.</source>
        <translation>L’idée est maintenant un brouillon.</translation>
    </message>
    <message>
        <source>Plan for {moment}</source>
        <translation>Programmer pour {moment}</translation>
    </message>
    <message>
        <source>Only suggest {moment}</source>
        <translation>Proposer seulement {moment}</translation>
    </message>
    <message>
        <source>A draft with media was made. Write its words, then plan it.</source>
        <translation>Un brouillon avec médias est prêt. Écrivez le texte, puis programmez-le.</translation>
    </message>
</context>
<context>
    <name>Farewell</name>
    <message numerus="yes">
        <source>%n post(s) planned for the next 24 hours, the first for {moment}.</source>
        <translation>
            <numerusform>%n publication prévue d’ici 24 heures, {moment}.</numerusform>
            <numerusform>%n publications prévues d’ici 24 heures, la première {moment}.</numerusform>
        </translation>
    </message>
    <message>
        <source>They go out only while cmdesk is open and this computer is awake. The agent, in the preferences, publishes without the window.</source>
        <translation>Elles ne partent que si cmdesk est ouvert et cet ordinateur éveillé. L’agent, dans les préférences, publie sans la fenêtre.</translation>
    </message>
    <message>
        <source>Close cmdesk?</source>
        <translation>Fermer cmdesk?</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Fermer quand même</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Show only</source>
        <translation>Afficher seulement</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>More accounts than these are not listed one by one.</extracomment>
        <translation>État</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>What to do with it</source>
        <extracomment>How many are listed; a text with more is mended from the top. How many fixes of one finding are offered.</extracomment>
        <translation>Que faire de cette remarque</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Replace by “{words}”</source>
        <translation>Remplacer par «&#xa0;{words}&#xa0;»</translation>
    </message>
    <message>
        <source>Ignore here</source>
        <translation>Ignorer ici</translation>
    </message>
    <message>
        <source>Never again for this client</source>
        <translation>Ne plus le signaler pour ce client</translation>
    </message>
    <message>
        <source>Add to this client&apos;s dictionary</source>
        <translation>Ajouter au dictionnaire de ce client</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>{length} ago</source>
        <translation>il y a {length}</translation>
    </message>
    <message>
        <source>in {length}</source>
        <translation>dans {length}</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days}&#xa0;j</translation>
    </message>
</context>
<context>
    <name>Hand</name>
    <message>
        <source>Copied, suggested for {moment}. Nothing goes out before you plan it.</source>
        <translation>Copiée, proposée pour {moment}. Rien ne part avant que vous la programmiez.</translation>
    </message>
    <message>
        <source>Copied to {moment}.</source>
        <translation>Copiée&#xa0;: {moment}.</translation>
    </message>
    <message>
        <source>Suggested for {moment}. Nothing goes out before you plan it.</source>
        <translation>Proposé pour {moment}. Rien ne part avant que vous le programmiez.</translation>
    </message>
    <message>
        <source>Taken out of the calendar. It is a draft again.</source>
        <translation>Retirée du calendrier. C’est de nouveau un brouillon.</translation>
    </message>
    <message>
        <source>Taken back: {what}.</source>
        <translation>Annulé&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>Done again: {what}.</source>
        <translation>Rétabli&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>a move</source>
        <translation>un déplacement</translation>
    </message>
    <message>
        <source>a copy</source>
        <translation>une copie</translation>
    </message>
    <message>
        <source>a planned time</source>
        <translation>une programmation</translation>
    </message>
    <message>
        <source>a suggested time</source>
        <translation>une proposition</translation>
    </message>
    <message>
        <source>what was taken out</source>
        <translation>un retrait</translation>
    </message>
    <message>
        <source>what was put into the bin</source>
        <translation>une mise à la corbeille</translation>
    </message>
    <message>
        <source>a repetition</source>
        <translation>une répétition</translation>
    </message>
    <message>
        <source>the end of a repetition</source>
        <translation>la fin d’une répétition</translation>
    </message>
    <message>
        <source>what was left out</source>
        <translation>une omission</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>une importation</translation>
    </message>
    <message>
        <source>something new</source>
        <translation>un ajout</translation>
    </message>
    <message>
        <source>what was removed</source>
        <translation>une suppression</translation>
    </message>
    <message>
        <source>a change</source>
        <translation>une modification</translation>
    </message>
    <message>
        <source>Moved to {moment}.</source>
        <translation>Publication déplacée&#xa0;: {moment}.</translation>
    </message>
    <message>
        <source>Planned for {moment}.</source>
        <translation>Programmée&#xa0;: {moment}.</translation>
    </message>
</context>
<context>
    <name>HoursGrid</name>
    <message>
        <source>{day}, {hour}. Nothing planned.</source>
        <extracomment>Hours that most people work; the rest of the day is a shade darker. The earliest hour that is shown by itself. How much higher an hour is, by the level of the zoom.</extracomment>
        <translation>{day}, {hour}. Rien de prévu.</translation>
    </message>
    <message>
        <source>{day}, {hour}. One post.</source>
        <translation>{day}, {hour}. Une publication.</translation>
    </message>
    <message>
        <source>{day}, {hour}. {count} posts.</source>
        <translation>{day}, {hour}. {count} publications.</translation>
    </message>
    <message>
        <source>This hour comes twice</source>
        <translation>Cette heure revient deux fois</translation>
    </message>
    <message>
        <source>This hour does not exist</source>
        <translation>Cette heure n’existe pas</translation>
    </message>
    <message>
        <source>{time}, free slot</source>
        <translation>{time}, créneau libre</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} de plus</translation>
    </message>
    <message>
        <source>New post, {time}</source>
        <translation>Nouvelle publication, {time}</translation>
    </message>
    <message>
        <source>Not in the past</source>
        <translation>Pas dans le passé</translation>
    </message>
</context>
<context>
    <name>IdeaBoard</name>
    <message>
        <source>Idea board</source>
        <translation>Tableau d’idées</translation>
    </message>
    <message>
        <source>A line is enough</source>
        <translation>Une ligne suffit</translation>
    </message>
    <message>
        <source>New idea</source>
        <translation>Nouvelle idée</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>New column</source>
        <translation>Nouvelle colonne</translation>
    </message>
    <message>
        <source>Shift and an arrow move an idea to the next column, Enter makes a draft of it.</source>
        <translation>Maj et une flèche déplacent une idée vers la colonne voisine, Entrée en fait un brouillon.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>A draft now</source>
        <translation>Devenue un brouillon</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>What would come in</source>
        <translation>Ce qui serait importé</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Devient</translation>
    </message>
    <message>
        <source>Plan posts that have an account and a time; otherwise they are only suggested</source>
        <translation>Programmer ce qui a un compte et une heure; sinon c’est seulement proposé</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser là</translation>
    </message>
    <message>
        <source>Nothing comes in while a line is wrong. Mend the file, or map its columns in another way.</source>
        <translation>Rien n’entre tant qu’une ligne est fautive. Corrigez le fichier, ou associez autrement ses colonnes.</translation>
    </message>
    <message>
        <source>Not in the file</source>
        <translation>Absent du fichier</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>Colonne {number}</translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message>
        <source>follows you now</source>
        <extracomment>States whose count is worth a number: somebody still has to do something.</extracomment>
        <translation>vous suit maintenant</translation>
    </message>
    <message>
        <source>would like to follow you</source>
        <translation>aimerait vous suivre</translation>
    </message>
    <message>
        <source>favourited your post</source>
        <translation>a ajouté votre publication à ses favoris</translation>
    </message>
    <message>
        <source>boosted your post</source>
        <translation>a partagé votre publication</translation>
    </message>
    <message>
        <source>A poll has ended</source>
        <translation>Un sondage est terminé</translation>
    </message>
    <message>
        <source>edited a post you shared</source>
        <translation>a modifié une publication que vous avez partagée</translation>
    </message>
    <message>
        <source>did something cmdesk does not know yet</source>
        <translation>a fait quelque chose que cmdesk ne connaît pas encore</translation>
    </message>
    <message>
        <source>Public: everybody can read it</source>
        <translation>Public&#xa0;: tout le monde peut le lire</translation>
    </message>
    <message>
        <source>Public, but in no list</source>
        <translation>Public, mais dans aucune liste</translation>
    </message>
    <message>
        <source>Only followers can read it</source>
        <translation>Seuls les abonnés peuvent le lire</translation>
    </message>
    <message>
        <source>Private: only the people named in it</source>
        <translation>Privé&#xa0;: seulement les personnes nommées</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Needs care first</source>
        <translation>À traiter avec tact</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Tous les messages</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>Tous les comptes</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Tous les clients</translation>
    </message>
    <message>
        <source>Deleted by its author: {words}</source>
        <translation>Supprimé par son auteur&#xa0;: {words}</translation>
    </message>
    <message>
        <source>{length} late</source>
        <translation>{length} de retard</translation>
    </message>
    <message>
        <source>{length} left</source>
        <translation>reste {length}</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Non lu</translation>
    </message>
    <message>
        <source>Snoozed until {time}</source>
        <translation>Reporté à {time}</translation>
    </message>
    <message>
        <source>first message</source>
        <translation>premier message</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>deleted by its author</source>
        <translation>supprimé par son auteur</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>retiré</translation>
    </message>
    <message>
        <source>Kept here. It goes out by itself when the network is back.</source>
        <translation>Gardée ici. Elle partira d’elle-même au retour du réseau.</translation>
    </message>
    <message>
        <source>Reply privately as {handle}</source>
        <translation>Répondre en privé en tant que {handle}</translation>
    </message>
    <message>
        <source>Reply as {handle}</source>
        <translation>Répondre en tant que {handle}</translation>
    </message>
    <message>
        <source>Write privately to {name}</source>
        <translation>Écrivez en privé à {name}</translation>
    </message>
    <message>
        <source>Write a reply to {name}</source>
        <translation>Écrivez votre réponse à {name}</translation>
    </message>
    <message>
        <source>Under the warning: {words}</source>
        <translation>Sous l’avertissement&#xa0;: {words}</translation>
    </message>
    <message>
        <source>{handle}: never fetched</source>
        <translation>{handle}&#xa0;: jamais relevé</translation>
    </message>
    <message>
        <source>Mentions fetched {ago}</source>
        <translation>Mentions relevées&#xa0;: {ago}</translation>
    </message>
    <message>
        <source>{handle}: fetched {ago}</source>
        <translation>{handle}&#xa0;: relevé {ago}</translation>
    </message>
    <message>
        <source>{kind}: never</source>
        <translation>{kind}&#xa0;: jamais</translation>
    </message>
    <message>
        <source>{kind}: {ago}</source>
        <translation>{kind}&#xa0;: {ago}</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>In one hour</source>
        <translation>Dans une heure</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>Ce soir</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>Demain matin</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>Lundi matin</translation>
    </message>
    <message>
        <source>Favourited as {handle}</source>
        <translation>Ajouté aux favoris de {handle}</translation>
    </message>
    <message>
        <source>No longer a favourite of {handle}</source>
        <translation>Retiré des favoris de {handle}</translation>
    </message>
    <message>
        <source>Mute @{person}?</source>
        <translation>Masquer @{person}?</translation>
    </message>
    <message>
        <source>{handle} sees nothing more of this person. They are not told, and you can lift it on the network.</source>
        <translation>{handle} ne verra plus rien de cette personne. Elle n’en saura rien, et vous pourrez revenir en arrière sur le réseau.</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>@{person} is muted</source>
        <translation>@{person} est masqué</translation>
    </message>
    <message>
        <source>Mute this conversation?</source>
        <translation>Masquer cette conversation?</translation>
    </message>
    <message>
        <source>{handle} hears nothing more of it. Nobody is told.</source>
        <translation>{handle} n’en entendra plus parler. Personne n’en sera averti.</translation>
    </message>
    <message>
        <source>The conversation is muted</source>
        <translation>La conversation est masquée</translation>
    </message>
    <message>
        <source>Block @{person}?</source>
        <translation>Bloquer @{person}?</translation>
    </message>
    <message>
        <source>This person can no longer follow {handle}, read it or write to it, and may notice.</source>
        <translation>Cette personne ne pourra plus suivre {handle}, ni le lire, ni lui écrire, et pourrait s’en apercevoir.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Bloquer</translation>
    </message>
    <message>
        <source>@{person} is blocked</source>
        <translation>@{person} est bloqué</translation>
    </message>
    <message>
        <source>The report was sent to the moderators</source>
        <translation>Le signalement a été envoyé à la modération</translation>
    </message>
    <message>
        <source>@{handle}: {what}</source>
        <translation>@{handle}&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Look at the account</source>
        <translation>Voir le compte</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>No message has all these words. Fewer words, or the beginning of one, find more.</source>
        <translation>Aucun message ne contient tous ces mots. Moins de mots, ou le début d’un seul, en trouvent davantage.</translation>
    </message>
    <message>
        <source>Nobody can write to you yet</source>
        <translation>Personne ne peut encore vous écrire</translation>
    </message>
    <message>
        <source>Mentions, replies and private messages arrive here once an account is linked.</source>
        <translation>Les mentions, les réponses et les messages privés arrivent ici dès qu’un compte est relié.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
    <message>
        <source>The first messages are being fetched.</source>
        <translation>Les premiers messages arrivent.</translation>
    </message>
    <message>
        <source>No network. You read what is here and answer as always; it goes out when the network is back.</source>
        <translation>Pas de réseau. Lisez ce qui est ici et répondez comme d’habitude; tout partira au retour du réseau.</translation>
    </message>
    <message>
        <source>Remove this list</source>
        <translation>Retirer cette liste</translation>
    </message>
    <message>
        <source>Keep as a list</source>
        <translation>Garder comme liste</translation>
    </message>
    <message>
        <source>The list “{name}” is removed; its messages stay.</source>
        <translation>La liste «&#xa0;{name}&#xa0;» est retirée; ses messages restent.</translation>
    </message>
    <message>
        <source>E, H, W, X and Z act on all of them, and so does the menu.</source>
        <translation>E, H, W, X et Z agissent sur tous, et le menu aussi.</translation>
    </message>
    <message>
        <source>Nothing new</source>
        <translation>Rien de nouveau</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>Message suivant</translation>
    </message>
    <message>
        <source>Previous message</source>
        <translation>Message précédent</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Take in hand</source>
        <translation>Prendre en main</translation>
    </message>
    <message>
        <source>Wait on the client</source>
        <translation>Attendre le client</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mettre de côté</translation>
    </message>
    <message>
        <source>Snooze…</source>
        <translation>Reporter…</translation>
    </message>
    <message>
        <source>Back to awaiting an answer</source>
        <translation>Remettre en attente de réponse</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Ajouter aux favoris</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Retirer des favoris</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Marquer comme non lu</translation>
    </message>
    <message>
        <source>Open on the network</source>
        <translation>Ouvrir sur le réseau</translation>
    </message>
    <message>
        <source>Saved replies…</source>
        <translation>Réponses enregistrées…</translation>
    </message>
    <message>
        <source>Label…</source>
        <translation>Étiquette…</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Note…</translation>
    </message>
    <message>
        <source>Ask the client…</source>
        <translation>Demander au client…</translation>
    </message>
    <message>
        <source>Come back to it…</source>
        <translation>Y revenir…</translation>
    </message>
    <message>
        <source>It is meant otherwise…</source>
        <translation>C’est à comprendre autrement…</translation>
    </message>
    <message>
        <source>Rules of the inbox…</source>
        <translation>Règles de la boîte de réception…</translation>
    </message>
    <message>
        <source>Urgent, can wait, or neither</source>
        <translation>Urgent, peut attendre, ou ni l’un ni l’autre</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>Chercher des messages</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>Relever maintenant</translation>
    </message>
    <message>
        <source>Mute the conversation…</source>
        <translation>Masquer la conversation…</translation>
    </message>
    <message>
        <source>Mute the person…</source>
        <translation>Masquer la personne…</translation>
    </message>
    <message>
        <source>Block the person…</source>
        <translation>Bloquer la personne…</translation>
    </message>
    <message>
        <source>Report the message…</source>
        <translation>Signaler le message…</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Nobody is waiting</source>
        <translation>Personne n’attend</translation>
    </message>
    <message>
        <source>Everybody has an answer. What arrives next shows here first.</source>
        <translation>Tout le monde a eu sa réponse. Le prochain message arrivera ici.</translation>
    </message>
    <message>
        <source>Nobody needs care first</source>
        <translation>Personne ne demande plus de tact</translation>
    </message>
    <message>
        <source>Anger, sadness and words of a crisis come here by themselves, the gravest first.</source>
        <translation>Colère, tristesse et mots de crise arrivent ici d’eux-mêmes, les plus graves d’abord.</translation>
    </message>
    <message>
        <source>Nothing is snoozed</source>
        <translation>Rien n’est reporté</translation>
    </message>
    <message>
        <source>Z sends a message away until this evening, tomorrow or Monday. It comes back by itself.</source>
        <translation>Z éloigne un message jusqu’à ce soir, demain ou lundi. Il revient de lui-même.</translation>
    </message>
    <message>
        <source>Nothing waits on the client</source>
        <translation>Rien n’attend le client</translation>
    </message>
    <message>
        <source>W keeps a message here while you ask the client what to say.</source>
        <translation>W garde un message ici le temps de demander au client quoi répondre.</translation>
    </message>
    <message>
        <source>Nothing is in hand</source>
        <translation>Rien n’est en main</translation>
    </message>
    <message>
        <source>H keeps a message here while you work on its answer.</source>
        <translation>H garde un message ici pendant que vous travaillez à sa réponse.</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Rien ici</translation>
    </message>
    <message>
        <source>No message is in this list.</source>
        <translation>Cette liste ne contient aucun message.</translation>
    </message>
    <message>
        <source>{handle} is no longer linked, so nothing can be sent in its name.</source>
        <extracomment>How long a message must be in sight before it counts as read. How many entries of a long conversation are shown before somebody asks for all.</extracomment>
        <translation>{handle} n’est plus relié; rien ne peut être envoyé en son nom.</translation>
    </message>
    <message>
        <source>This network lets nobody reply from here. Open the message there.</source>
        <translation>Ce réseau ne permet pas de répondre d’ici. Ouvrez le message là-bas.</translation>
    </message>
    <message>
        <source>Its author has deleted this message, so there is nothing left to reply to.</source>
        <translation>Ce message a été supprimé par son auteur; il n’y a plus rien à quoi répondre.</translation>
    </message>
    <message>
        <source>No network: it is kept and goes out when the network is back.</source>
        <translation>Pas de réseau&#xa0;: la réponse est gardée et partira à son retour.</translation>
    </message>
    <message>
        <source>It waits in the outbox until the account works again.</source>
        <translation>Elle attendra dans la boîte d’envoi que le compte fonctionne de nouveau.</translation>
    </message>
    <message>
        <source>{keys} sends</source>
        <translation>{keys} pour envoyer</translation>
    </message>
    <message>
        <source>Kept. The reply goes out as {handle} when the network is back.</source>
        <translation>C’est gardé. La réponse partira en tant que {handle} au retour du réseau.</translation>
    </message>
    <message>
        <source>The reply goes out as {handle}.</source>
        <translation>La réponse part en tant que {handle}.</translation>
    </message>
    <message>
        <source>It is out already, so it cannot be taken back from here.</source>
        <translation>Elle est déjà partie; on ne peut plus la reprendre d’ici.</translation>
    </message>
    <message>
        <source>{length} over the promise</source>
        <translation>{length} de retard sur la promesse</translation>
    </message>
    <message>
        <source>{length} left to answer</source>
        <translation>{length} pour répondre</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>A rule proposes: {measure}</source>
        <translation>Une règle propose&#xa0;: {measure}</translation>
    </message>
    <message>
        <source>Do it…</source>
        <translation>Le faire…</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>{who} answered: {words}</source>
        <translation>{who} a répondu&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Asked {who}, {when}</source>
        <translation>Question posée à {who}, {when}</translation>
    </message>
    <message>
        <source>Note the answer</source>
        <translation>Noter la réponse</translation>
    </message>
    <message>
        <source>Promised: {words} · {when}</source>
        <translation>Promis&#xa0;: {words} · {when}</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>C’est fait</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Was it solved? Look again {when}</source>
        <translation>Est-ce réglé? À revoir {when}</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Réglé</translation>
    </message>
    <message>
        <source>Not solved</source>
        <translation>Pas réglé</translation>
    </message>
    <message>
        <source>Label, then Enter</source>
        <translation>Étiquette, puis Entrée</translation>
    </message>
    <message>
        <source>Note for yourself, then Enter. The client&apos;s public never sees it</source>
        <translation>Note pour vous, puis Entrée. Le public du client ne la voit jamais</translation>
    </message>
    <message>
        <source>The label “{label}” is off</source>
        <translation>L’étiquette «&#xa0;{label}&#xa0;» est retirée</translation>
    </message>
    <message>
        <source>The note is removed</source>
        <translation>La note est retirée</translation>
    </message>
    <message>
        <source>What they answered, then Enter</source>
        <translation>Leur réponse, puis Entrée</translation>
    </message>
    <message>
        <source>{measure}?</source>
        <translation>{measure}?</translation>
    </message>
    <message>
        <source>@{person}, in the name of {handle}. The message is kept as evidence first.</source>
        <translation>@{person}, au nom de {handle}. Le message est d’abord conservé comme preuve.</translation>
    </message>
    <message>
        <source>{name} wrote to us:

“{words}”

{link}

What may I answer?</source>
        <translation>{name} nous a écrit&#xa0;:

«&#xa0;{words}&#xa0;»

{link}

Que puis-je répondre?</translation>
    </message>
    <message>
        <source>The words are on the clipboard; the message waits on the client.</source>
        <translation>Le texte est dans le presse-papiers; le message attend le client.</translation>
    </message>
    <message>
        <source>Tomorrow: was it solved?</source>
        <translation>Demain&#xa0;: est-ce réglé?</translation>
    </message>
    <message>
        <source>In three days: was it solved?</source>
        <translation>Dans trois jours&#xa0;: est-ce réglé?</translation>
    </message>
    <message>
        <source>In a week: was it solved?</source>
        <translation>Dans une semaine&#xa0;: est-ce réglé?</translation>
    </message>
    <message>
        <source>Something was promised…</source>
        <translation>Quelque chose a été promis…</translation>
    </message>
    <message>
        <source>What was promised for tomorrow, then Enter</source>
        <translation>Ce qui est promis pour demain, puis Entrée</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>Not urgent</source>
        <translation>Non urgent</translation>
    </message>
    <message>
        <source>Can wait</source>
        <translation>Peut attendre</translation>
    </message>
    <message>
        <source>Nobody could fill {names}: write it in before you send.</source>
        <translation>Il manque {names}&#xa0;: complétez avant d’envoyer.</translation>
    </message>
    <message>
        <source>“{name}” is removed</source>
        <translation>«&#xa0;{name}&#xa0;» est retirée</translation>
    </message>
</context>
<context>
    <name>InboxCounts</name>
    <message numerus="yes">
        <source>That is a lot at once. Choose at most %n message(s).</source>
        <translation>
            <numerusform>C’est beaucoup à la fois. Choisissez au plus %n message.</numerusform>
            <numerusform>C’est beaucoup à la fois. Choisissez au plus %n messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) snoozed until {time}</source>
        <translation>
            <numerusform>%n message reporté à {time}</numerusform>
            <numerusform>%n messages reportés à {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) marked as answered</source>
        <translation>
            <numerusform>%n message marqué comme répondu</numerusform>
            <numerusform>%n messages marqués comme répondus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) taken in hand</source>
        <translation>
            <numerusform>%n message pris en main</numerusform>
            <numerusform>%n messages pris en main</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) waiting on the client</source>
        <translation>
            <numerusform>%n message en attente du client</numerusform>
            <numerusform>%n messages en attente du client</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) set aside</source>
        <translation>
            <numerusform>%n message mis de côté</numerusform>
            <numerusform>%n messages mis de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) awaiting an answer again</source>
        <translation>
            <numerusform>%n message de nouveau en attente de réponse</numerusform>
            <numerusform>%n messages de nouveau en attente de réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found, in every state</source>
        <translation>
            <numerusform>%n message trouvé, tous états confondus</numerusform>
            <numerusform>%n messages trouvés, tous états confondus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s) found, in every state</source>
        <translation>
            <numerusform>Le message le plus récent, tous états confondus</numerusform>
            <numerusform>Les %n messages les plus récents, tous états confondus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s)</source>
        <translation>
            <numerusform>%n message avant celui-ci</numerusform>
            <numerusform>%n messages avant celui-ci</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) chosen</source>
        <translation>
            <numerusform>%n message choisi</numerusform>
            <numerusform>%n messages choisis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n message(s) chosen</source>
        <translation>
            <numerusform>Plus de %n message choisi</numerusform>
            <numerusform>Plus de %n messages choisis</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxView</name>
    <message>
        <source>States</source>
        <extracomment>How wide the room must be, in heights of the font, for shelf, list and conversation beside each other.</extracomment>
        <translation>États</translation>
    </message>
</context>
<context>
    <name>JournalPresenter</name>
    <message>
        <source>{event}: {outcome}</source>
        <translation>{event}&#xa0;: {outcome}</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>partie {number}</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}&#xa0;: {value}</translation>
    </message>
    <message>
        <source>mark {hash}</source>
        <translation>empreinte {hash}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Its number there</source>
        <translation>Son numéro là-bas</translation>
    </message>
    <message>
        <source>Why nobody can tell</source>
        <translation>Pourquoi personne ne peut le dire</translation>
    </message>
    <message>
        <source>What was met</source>
        <translation>Ce qui a été rencontré</translation>
    </message>
    <message>
        <source>Why it stood still</source>
        <translation>Pourquoi tout s’est arrêté</translation>
    </message>
    <message>
        <source>Planned for</source>
        <translation>Prévue pour</translation>
    </message>
    <message>
        <source>Posts held for a look</source>
        <translation>Publications retenues pour un coup d’œil</translation>
    </message>
    <message>
        <source>Instant before</source>
        <translation>Instant d’avant</translation>
    </message>
    <message>
        <source>Instant now</source>
        <translation>Instant d’à présent</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Rules of the zones</source>
        <translation>Règles des fuseaux</translation>
    </message>
    <message>
        <source>Kind of try</source>
        <translation>Genre d’essai</translation>
    </message>
    <message>
        <source>Begun (ms)</source>
        <translation>Commencé (ms)</translation>
    </message>
    <message>
        <source>As it was noted</source>
        <translation>Tel que noté</translation>
    </message>
    <message>
        <source>Whose clock</source>
        <translation>Horloge de</translation>
    </message>
    <message>
        <source>It shows</source>
        <translation>Elle indique</translation>
    </message>
    <message>
        <source>Seconds ours is ahead</source>
        <translation>Avance de la nôtre en secondes</translation>
    </message>
    <message>
        <source>The other file</source>
        <translation>L’autre fichier</translation>
    </message>
    <message>
        <source>The other computer</source>
        <translation>L’autre ordinateur</translation>
    </message>
    <message>
        <source>Last sending</source>
        <translation>Dernier envoi</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) checked: each is as it was written.</source>
        <translation>
            <numerusform>%n ligne vérifiée&#xa0;: elle est telle qu’écrite.</numerusform>
            <numerusform>%n lignes vérifiées&#xa0;: chacune est telle qu’écrite.</numerusform>
        </translation>
    </message>
    <message>
        <source>{client}: line {line} is not what was written. What stands before it is sound.</source>
        <translation>{client}&#xa0;: la ligne {line} n’est pas ce qui a été écrit. Ce qui la précède est intact.</translation>
    </message>
    <message>
        <source>{client}: before line {line} a line was taken out or put in. What stands before that is sound.</source>
        <translation>{client}&#xa0;: avant la ligne {line}, une ligne a été retirée ou ajoutée. Ce qui précède est intact.</translation>
    </message>
    <message>
        <source>{client}: the end is missing. This computer remembers line {line}; what is there is sound.</source>
        <translation>{client}&#xa0;: la fin manque. Cet ordinateur se souvient de la ligne {line}; ce qui est là est intact.</translation>
    </message>
    <message>
        <source>journal {client}</source>
        <translation>journal {client}</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>Exporter le journal</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the journal are written.</source>
        <translation>
            <numerusform>%n ligne du journal est écrite.</numerusform>
            <numerusform>%n lignes du journal sont écrites.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check the journal</source>
        <translation>Vérifier le journal</translation>
    </message>
    <message>
        <source>Export the journal…</source>
        <translation>Exporter le journal…</translation>
    </message>
</context>
<context>
    <name>JournalView</name>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Every try, every look and every decision, bound line to line: one that was changed afterwards shows.</source>
        <translation>Chaque essai, chaque coup d’œil et chaque décision, liés ligne à ligne&#xa0;: une ligne modifiée après coup se voit.</translation>
    </message>
    <message>
        <source>Check the journal</source>
        <translation>Vérifier le journal</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Show the whole journal</source>
        <translation>Voir tout le journal</translation>
    </message>
    <message>
        <source>Older lines</source>
        <translation>Lignes plus anciennes</translation>
    </message>
    <message>
        <source>Lines of the journal</source>
        <translation>Lignes du journal</translation>
    </message>
    <message>
        <source>What proves it</source>
        <translation>Ce qui le prouve</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing in the journal yet</source>
        <translation>Rien au journal pour l’instant</translation>
    </message>
    <message>
        <source>The first post that is sent begins it. From then on every try is written down before it is made.</source>
        <translation>Le premier envoi le commence. Ensuite, chaque essai est noté avant d’être fait.</translation>
    </message>
</context>
<context>
    <name>Jumps</name>
    <message>
        <source>{person} to {client}</source>
        <extracomment>How many posts and messages are shown: the palette is for what one knows, the inbox&apos;s search for what one looks for. Fewer letters are in almost everything.</extracomment>
        <translation>{person} à {client}</translation>
    </message>
    <message>
        <source>Post of {client}</source>
        <translation>Publication de {client}</translation>
    </message>
</context>
<context>
    <name>LabelPill</name>
    <message>
        <source>Take the label “{label}” off</source>
        <translation>Retirer l’étiquette «&#xa0;{label}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>LateView</name>
    <message>
        <source>Your decision</source>
        <extracomment>The choices that can be made for many, in the order of their buttons.</extracomment>
        <translation>À vous de décider</translation>
    </message>
    <message>
        <source>Posts that wait for a decision</source>
        <translation>Publications qui attendent une décision</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Rien ne vous attend</translation>
    </message>
    <message>
        <source>Posts that are late, uncertain, refused or held gather here, each with what is known of it.</source>
        <translation>Les publications en retard, incertaines, refusées ou retenues se retrouvent ici, chacune avec ce qu’on en sait.</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Clients that are seen</source>
        <translation>Clients affichés</translation>
    </message>
    <message>
        <source>{count} hidden</source>
        <translation>{count} masquées</translation>
    </message>
</context>
<context>
    <name>LinkPage</name>
    <message>
        <source>Your turn, in the browser</source>
        <extracomment>The ways of each network, and the one its form begins with.</extracomment>
        <translation>À vous, dans le navigateur</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un instant</translation>
    </message>
    <message>
        <source>Log in there if it asks, and allow cmdesk. This page goes on by itself.</source>
        <translation>Connectez-vous s’il le demande, puis autorisez cmdesk. Cette page continue toute seule.</translation>
    </message>
    <message>
        <source>Asking the server who this is and what it allows.</source>
        <translation>On demande au serveur qui est ce compte et ce qu’il permet.</translation>
    </message>
    <message>
        <source>The account is linked</source>
        <translation>Le compte est relié</translation>
    </message>
    <message>
        <source>Messages to it are being fetched. You can plan posts right away.</source>
        <translation>On va chercher ses messages. Vous pouvez programmer des publications dès maintenant.</translation>
    </message>
    <message>
        <source>Link @{handle} again</source>
        <translation>Relier de nouveau @{handle}</translation>
    </message>
    <message>
        <source>Log in as this account and no other. Another one is refused, and nothing changes then.</source>
        <translation>Connectez-vous avec ce compte et aucun autre. Un autre serait refusé, et rien ne changerait.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
    <message>
        <source>People and posts of a network that exists only in this program. Nothing leaves this computer.</source>
        <translation>Des gens et des publications d’un réseau qui n’existe que dans ce programme. Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>You log in on the server’s own page. cmdesk never sees the password.</source>
        <translation>Vous vous connectez sur la page du serveur. cmdesk ne voit jamais le mot de passe.</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Ouvrir le navigateur</translation>
    </message>
    <message>
        <source>Get a code in the browser</source>
        <translation>Obtenir un code dans le navigateur</translation>
    </message>
    <message>
        <source>Link with this token</source>
        <translation>Relier avec ce jeton</translation>
    </message>
    <message>
        <source>Link this account</source>
        <translation>Relier ce compte</translation>
    </message>
    <message>
        <source>Mastodon and compatible servers</source>
        <translation>Mastodon et serveurs compatibles</translation>
    </message>
    <message>
        <source>Practice network</source>
        <translation>Réseau d’exercice</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Your address works too, such as @rosa@mastodon.quebec.</source>
        <translation>Votre adresse convient aussi, comme @rosa@mastodon.quebec.</translation>
    </message>
    <message>
        <source>mastodon.quebec</source>
        <translation>mastodon.quebec</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
    <message>
        <source>An app password is for cmdesk alone, and can be taken back in Bluesky’s settings at any time.</source>
        <translation>Un mot de passe d’application ne sert qu’à cmdesk, et vous pouvez le retirer en tout temps dans les paramètres de Bluesky.</translation>
    </message>
    <message>
        <source>Link with this app password</source>
        <translation>Relier avec ce mot de passe d’application</translation>
    </message>
    <message>
        <source>App password</source>
        <translation>Mot de passe d’application</translation>
    </message>
    <message>
        <source>From Bluesky’s settings, under Privacy and security. It is used once and kept nowhere.</source>
        <translation>Dans les paramètres de Bluesky, sous Confidentialité et sécurité. Il sert une fois et n’est conservé nulle part.</translation>
    </message>
    <message>
        <source>The address of your own server, such as http://localhost:2583.</source>
        <translation>L’adresse de votre propre serveur, par exemple http://localhost:2583.</translation>
    </message>
    <message>
        <source>From the server’s settings, under Development. It goes into the keyring, nowhere else.</source>
        <translation>Dans les paramètres du serveur, sous Développement. Il va dans le trousseau, nulle part ailleurs.</translation>
    </message>
    <message>
        <source>Bluesky</source>
        <translation>Bluesky</translation>
    </message>
    <message>
        <source>Handle</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Your address on Bluesky. The server is found by it.</source>
        <translation>Votre adresse sur Bluesky. Elle suffit pour trouver le serveur.</translation>
    </message>
    <message>
        <source>rosa.bsky.social</source>
        <translation>rosa.bsky.social</translation>
    </message>
    <message>
        <source>Server on this computer or network</source>
        <translation>Serveur sur cet ordinateur ou ce réseau local</translation>
    </message>
    <message>
        <source>Allows private addresses and, for them, a connection without encryption. Only for a server of your own that you try things on.</source>
        <translation>Permet les adresses privées et, pour elles, une connexion sans chiffrement. Seulement pour un serveur à vous, où vous faites des essais.</translation>
    </message>
    <message>
        <source>People of the practice network</source>
        <translation>Les gens du réseau d’exercice</translation>
    </message>
    <message>
        <source>Another way:</source>
        <translation>Autrement&#xa0;:</translation>
    </message>
    <message>
        <source>In the browser</source>
        <translation>Dans le navigateur</translation>
    </message>
    <message>
        <source>Paste a code instead</source>
        <translation>Coller plutôt un code</translation>
    </message>
    <message>
        <source>I have a token</source>
        <translation>J’ai un jeton</translation>
    </message>
    <message>
        <source>With an app password</source>
        <translation>Avec un mot de passe d’application</translation>
    </message>
    <message>
        <source>The browser didn’t open? Copy the address and open it yourself.</source>
        <translation>Le navigateur ne s’est pas ouvert? Copiez l’adresse et ouvrez-la vous-même.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>L’ouvrir de nouveau</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Allow cmdesk in the browser, then copy the code that the page shows.</source>
        <translation>Autorisez cmdesk dans le navigateur, puis copiez le code que la page affiche.</translation>
    </message>
    <message>
        <source>Link the account</source>
        <translation>Relier le compte</translation>
    </message>
    <message>
        <source>Keep it for this session only</source>
        <translation>La garder pour cette session seulement</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Arrêter là</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Link another account</source>
        <translation>Relier un autre compte</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Search all messages</source>
        <translation>Chercher dans tous les messages</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>ManyPane</name>
    <message numerus="yes">
        <source>Publish %n now…</source>
        <translation>
            <numerusform>Publier %n maintenant…</numerusform>
            <numerusform>Publier %n maintenant…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n at their time…</source>
        <translation>
            <numerusform>Publier %n à son heure…</numerusform>
            <numerusform>Publier %n à leur heure…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n to the next free time…</source>
        <translation>
            <numerusform>Déplacer %n au prochain moment libre…</numerusform>
            <numerusform>Déplacer %n au prochain moment libre…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n again…</source>
        <translation>
            <numerusform>En chercher %n de nouveau…</numerusform>
            <numerusform>En chercher %n de nouveau…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n…</source>
        <translation>
            <numerusform>Envoyer la suite de %n…</numerusform>
            <numerusform>Envoyer la suite de %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n at that…</source>
        <translation>
            <numerusform>En laisser %n ainsi…</numerusform>
            <numerusform>En laisser %n ainsi…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do not publish %n…</source>
        <translation>
            <numerusform>Ne pas publier (%n)…</numerusform>
            <numerusform>Ne pas publier (%n)…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n choisie</numerusform>
            <numerusform>%n choisies</numerusform>
        </translation>
    </message>
    <message>
        <source>Before anything happens, you see which clients and accounts would speak.</source>
        <translation>Avant que quoi que ce soit se passe, vous voyez quels clients et quels comptes parleraient.</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Ne rien choisir</translation>
    </message>
</context>
<context>
    <name>MediaTile</name>
    <message>
        <source>Alt text: what is in the picture, for people who do not see it</source>
        <translation>Texte de remplacement&#xa0;: ce que montre l’image, pour qui ne la voit pas</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove this file</source>
        <translation>Retirer ce fichier</translation>
    </message>
    <message>
        <source>Part of the thread</source>
        <translation>Partie du fil</translation>
    </message>
    <message>
        <source>Alt text of {name}</source>
        <translation>Texte de remplacement de {name}</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>Partie {number}</translation>
    </message>
    <message>
        <source>Without it, some people get nothing from this picture.</source>
        <translation>Sans lui, des gens n’auront rien de cette image.</translation>
    </message>
    <message>
        <source>{count} of {limit} characters</source>
        <translation>{count} caractères sur {limit}</translation>
    </message>
</context>
<context>
    <name>MonthGrid</name>
    <message>
        <source>{count} more</source>
        <extracomment>How many campaigns and notes a week shows above its entries.</extracomment>
        <translation>{count} de plus</translation>
    </message>
    <message>
        <source>{count} posts</source>
        <translation>{count} publications</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Not in the past</source>
        <translation>Pas dans le passé</translation>
    </message>
</context>
<context>
    <name>Moods</name>
    <message>
        <source>Angry</source>
        <translation>En colère</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Triste</translation>
    </message>
    <message>
        <source>Disappointed</source>
        <translation>Déçu</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutre</translation>
    </message>
    <message>
        <source>Mood uncertain</source>
        <translation>Humeur incertaine</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Plainte</translation>
    </message>
    <message>
        <source>Praise</source>
        <translation>Compliment</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Pourriel</translation>
    </message>
    <message>
        <source>Insult</source>
        <translation>Insulte</translation>
    </message>
    <message>
        <source>Crisis</source>
        <translation>Crise</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message>
        <source>Possible crisis</source>
        <translation>Crise possible</translation>
    </message>
    <message>
        <source>Words that weigh: {words}</source>
        <extracomment>Why a reading says what it says, by code.</extracomment>
        <translation>Mots qui pèsent&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Written in capitals</source>
        <translation>Écrit en majuscules</translation>
    </message>
    <message>
        <source>Many exclamation marks</source>
        <translation>Beaucoup de points d’exclamation</translation>
    </message>
    <message>
        <source>It asks something</source>
        <translation>Pose une question</translation>
    </message>
    <message>
        <source>It carries a link</source>
        <translation>Contient un lien</translation>
    </message>
    <message>
        <source>Signs that weigh: {words}</source>
        <translation>Signes qui pèsent&#xa0;: {words}</translation>
    </message>
    <message>
        <source>You said so of a message like it</source>
        <translation>Vous l’avez dit d’un message semblable</translation>
    </message>
    <message>
        <source>The whole sentence, no word in particular</source>
        <translation>La phrase entière, aucun mot en particulier</translation>
    </message>
    <message>
        <source>Words of a crisis: {words}</source>
        <translation>Mots de crise&#xa0;: {words}</translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message>
        <source>From {moment}</source>
        <extracomment>Sentences about a time before it is chosen: too close to another post, in the quiet hours, the same words again.</extracomment>
        <translation>Prévue {moment}</translation>
    </message>
    <message>
        <source>New time</source>
        <translation>Nouveau moment</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser là</translation>
    </message>
    <message>
        <source>That time has passed. Choose a later one.</source>
        <translation>Ce moment est passé. Choisissez-en un plus tard.</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message numerus="yes">
        <source>%n new message(s) for {client}.</source>
        <extracomment>A loop&apos;s name, or the account that was asked: one trouble of each is known at a time.</extracomment>
        <translation>
            <numerusform>%n nouveau message pour {client}.</numerusform>
            <numerusform>%n nouveaux messages pour {client}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s) for {clients}.</source>
        <translation>
            <numerusform>%n nouveau message pour {clients}.</numerusform>
            <numerusform>%n nouveaux messages pour {clients}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The disk is full, so nothing can be saved. What you see was saved before. Make room, and cmdesk goes on by itself.</source>
        <translation>Le disque est plein&#xa0;: rien ne peut être enregistré. Ce que vous voyez a été enregistré avant. Faites de la place et cmdesk reprendra tout seul.</translation>
    </message>
    <message>
        <source>The data folder cannot be written, so nothing can be saved. What you see was saved before. Check its rights, and cmdesk goes on by itself.</source>
        <translation>Le dossier des données ne se laisse pas écrire&#xa0;: rien ne peut être enregistré. Ce que vous voyez a été enregistré avant. Vérifiez ses droits et cmdesk reprendra tout seul.</translation>
    </message>
    <message>
        <source>Nothing can be saved for {clients}: the folder cannot be written. What you see was saved before. Check its rights, and cmdesk goes on by itself.</source>
        <translation>Rien ne peut être enregistré pour {clients}&#xa0;: le dossier ne se laisse pas écrire. Ce que vous voyez a été enregistré avant. Vérifiez ses droits et cmdesk reprendra tout seul.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The agent publishes for this desk. What you plan here goes out through it.</source>
        <translation>L’agent publie pour ce bureau. Ce que vous programmez ici partira par lui.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
    <message>
        <source>A post waits for your decision.</source>
        <translation>Une publication attend votre décision.</translation>
    </message>
</context>
<context>
    <name>OnePane</name>
    <message>
        <source>What is known</source>
        <translation>Ce qu’on sait</translation>
    </message>
    <message>
        <source>Its lines in the journal</source>
        <translation>Ses lignes au journal</translation>
    </message>
</context>
<context>
    <name>OwnerToggle</name>
    <message>
        <source>{client}, shown</source>
        <translation>{client}, visible</translation>
    </message>
    <message>
        <source>{client}, hidden</source>
        <translation>{client}, masqué</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Write here. A line with only --- begins the next part of a thread.</source>
        <translation>Écrivez ici. Une ligne avec seulement --- commence la partie suivante d’un fil.</translation>
    </message>
    <message>
        <source>Text of the post</source>
        <translation>Texte de la publication</translation>
    </message>
    <message>
        <source>Whose text is shown</source>
        <translation>De qui le texte est affiché</translation>
    </message>
    <message>
        <source>Follow all accounts again</source>
        <translation>Suivre de nouveau le texte commun</translation>
    </message>
    <message>
        <source>Content warning: what people read before they open the post</source>
        <translation>Avertissement de contenu&#xa0;: ce qu’on lit avant d’ouvrir la publication</translation>
    </message>
    <message>
        <source>Content warning</source>
        <translation>Avertissement de contenu</translation>
    </message>
    <message>
        <source>Remove the content warning</source>
        <translation>Retirer l’avertissement de contenu</translation>
    </message>
    <message>
        <source>Add pictures or a video</source>
        <translation>Ajouter des images ou une vidéo</translation>
    </message>
    <message>
        <source>Add a poll</source>
        <translation>Ajouter un sondage</translation>
    </message>
    <message>
        <source>First comment</source>
        <translation>Premier commentaire</translation>
    </message>
    <message>
        <source>Quote, who may answer, labels</source>
        <translation>Citation, réponses permises, étiquettes</translation>
    </message>
    <message>
        <source>Who can see it</source>
        <translation>Qui peut la voir</translation>
    </message>
    <message>
        <source>Language of the post</source>
        <translation>Langue de la publication</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <extracomment>The keyboard left for a menu or another program, not for another place in the window.</extracomment>
        <translation>Palette de commandes</translation>
    </message>
    <message>
        <source>Search or jump to anything</source>
        <translation>Chercher ou aller n’importe où</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>Type &gt; for actions, @ for clients, # for words in posts and messages</source>
        <translation>Tapez &gt; pour les actions, @ pour les clients, # pour les mots des publications et des messages</translation>
    </message>
</context>
<context>
    <name>Peek</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Programmer</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>PollEditor</name>
    <message>
        <source>Poll</source>
        <extracomment>How long a poll may be open, in seconds: what the networks&apos; own screens offer.</extracomment>
        <translation>Sondage</translation>
    </message>
    <message>
        <source>Remove the poll</source>
        <translation>Retirer le sondage</translation>
    </message>
    <message>
        <source>Another choice</source>
        <translation>Un autre choix</translation>
    </message>
    <message>
        <source>Several choices allowed</source>
        <translation>Plusieurs choix permis</translation>
    </message>
    <message>
        <source>Results only at the end</source>
        <translation>Résultats seulement à la fin</translation>
    </message>
    <message>
        <source>How long the poll is open</source>
        <translation>Durée du sondage</translation>
    </message>
    <message>
        <source>Choice {number}</source>
        <translation>Choix {number}</translation>
    </message>
    <message>
        <source>Remove choice {number}</source>
        <translation>Retirer le choix {number}</translation>
    </message>
    <message numerus="yes">
        <source>Open for %n minute(s)</source>
        <translation>
            <numerusform>Ouvert %n minute</numerusform>
            <numerusform>Ouvert %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open for %n hour(s)</source>
        <translation>
            <numerusform>Ouvert %n heure</numerusform>
            <numerusform>Ouvert %n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open for %n day(s)</source>
        <translation>
            <numerusform>Ouvert %n jour</numerusform>
            <numerusform>Ouvert %n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PostsView</name>
    <message>
        <source>Search posts</source>
        <extracomment>What the page needs beside the list, in heights of the font.</extracomment>
        <translation>Chercher une publication</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>Publications</translation>
    </message>
    <message>
        <source>Which posts are listed</source>
        <translation>Quelles publications sont listées</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
    <message>
        <source>Upcoming</source>
        <translation>À venir</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En ligne</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>No copy yet</source>
        <translation>Pas encore de copie</translation>
    </message>
    <message>
        <source>Last copy {when}</source>
        <translation>Dernière copie&#xa0;: {when}</translation>
    </message>
    <message>
        <source>Archived since {day}</source>
        <translation>Archivé depuis le {day}</translation>
    </message>
    <message>
        <source>kept before a restoration</source>
        <translation>gardée avant une restauration</translation>
    </message>
    <message>
        <source>a damaged file, kept as it was</source>
        <translation>un fichier endommagé, gardé tel quel</translation>
    </message>
    <message>
        <source>kept before an update</source>
        <translation>gardée avant une mise à jour</translation>
    </message>
    <message>
        <source>The data folder cannot be written to: this holds until you close cmdesk.</source>
        <translation>On ne peut pas écrire dans le dossier de données&#xa0;: ce choix vaut jusqu’à la fermeture de cmdesk.</translation>
    </message>
    <message>
        <source>{client} is backed up.</source>
        <translation>{client} est sauvegardé.</translation>
    </message>
    <message>
        <source>The copy is whole: {posts}, {messages}.</source>
        <translation>La copie est intacte&#xa0;: {posts}, {messages}.</translation>
    </message>
    <message>
        <source>Restore this copy?</source>
        <translation>Restaurer cette copie?</translation>
    </message>
    <message>
        <source>{client} goes back to {moment}. What is there now is kept as a copy first. Posts that were planned then are held for your decision, since they may have gone out.</source>
        <translation>{client} revient à cet état&#xa0;: {moment}. Ce qui est là maintenant est d’abord gardé en copie. Les publications alors programmées attendront votre décision, puisqu’elles sont peut-être déjà parties.</translation>
    </message>
    <message>
        <source>Restore the copy</source>
        <translation>Restaurer la copie</translation>
    </message>
    <message>
        <source>{client} is back on the rail.</source>
        <translation>{client} est de retour à gauche.</translation>
    </message>
    <message>
        <source>{client} is erased.</source>
        <translation>{client} est effacé.</translation>
    </message>
    <message>
        <source>Not installed. Posts go out only while this window is open and the computer is awake.</source>
        <translation>Non installé. Les publications ne partent que lorsque cette fenêtre est ouverte et que l’ordinateur est éveillé.</translation>
    </message>
    <message>
        <source>cmdesk does not know how this system starts programs at log-in. Have it run “cmdesk agent”.</source>
        <translation>cmdesk ne sait pas comment ce système lance des programmes à l’ouverture de la session. Faites-lui lancer «&#xa0;cmdesk agent&#xa0;».</translation>
    </message>
    <message>
        <source>The system’s file for the agent is not as cmdesk wrote it, so it is left alone: {file}</source>
        <translation>Le fichier du système pour l’agent n’est pas tel que cmdesk l’a écrit, on n’y touche donc pas&#xa0;: {file}</translation>
    </message>
    <message>
        <source>Installed, and it publishes since {moment}. Last sign of life: {ago}.</source>
        <translation>Installé, et il publie depuis {moment}. Dernier signe de vie&#xa0;: {ago}.</translation>
    </message>
    <message>
        <source>Installed, but the system does not run it. Install it once more.</source>
        <translation>Installé, mais le système ne le fait pas tourner. Installez-le de nouveau.</translation>
    </message>
    <message>
        <source>Installed. It waits while this window publishes, and takes over when you close it.</source>
        <translation>Installé. Il attend pendant que cette fenêtre publie et prend le relais quand vous la fermez.</translation>
    </message>
    <message>
        <source>The system did not answer. In a terminal, run: {command}</source>
        <translation>Le système n’a pas répondu. Dans un terminal, lancez&#xa0;: {command}</translation>
    </message>
    <message>
        <source>The agent is installed and starts when you log in.</source>
        <translation>L’agent est installé et démarre à l’ouverture de votre session.</translation>
    </message>
    <message>
        <source>The agent is removed.</source>
        <translation>L’agent est retiré.</translation>
    </message>
</context>
<context>
    <name>PreferencesView</name>
    <message>
        <source>Publishing without the window</source>
        <translation>Publier sans la fenêtre</translation>
    </message>
    <message>
        <source>The agent publishes and fetches in the background while you are logged in and the computer is awake.</source>
        <translation>L’agent publie et relève en arrière-plan, tant que votre session est ouverte et l’ordinateur éveillé.</translation>
    </message>
    <message>
        <source>Install the agent</source>
        <translation>Installer l’agent</translation>
    </message>
    <message>
        <source>Remove the agent</source>
        <translation>Retirer l’agent</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>La vérifier</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Restaurer…</translation>
    </message>
    <message>
        <source>No copy yet.</source>
        <translation>Pas encore de copie.</translation>
    </message>
    <message>
        <source>Copies of {client}</source>
        <translation>Copies de sauvegarde&#xa0;: {client}</translation>
    </message>
    <message>
        <source>A copy holds the posts, drafts and messages of this client. Keys stay in the keyring.</source>
        <translation>Une copie contient les publications, les brouillons et les messages de ce client. Les clés restent dans le trousseau.</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Sauvegarder maintenant</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Copies de sauvegarde</translation>
    </message>
    <message>
        <source>Choose a client on the left to see its copies and to restore one.</source>
        <translation>Choisissez un client à gauche pour voir ses copies et en restaurer une.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Ramener</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>Effacer…</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Langue et apparence</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Another text size holds from the next start of cmdesk.</source>
        <translation>Une autre taille prend effet au prochain démarrage de cmdesk.</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>Tell me about new messages and decisions</source>
        <translation>M’avertir des nouveaux messages et des décisions à prendre</translation>
    </message>
    <message>
        <source>Show words of the message in the notice</source>
        <translation>Montrer des mots du message dans l’avis</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>Vos données</translation>
    </message>
    <message>
        <source>Each client is one folder. It stays on this computer until you copy it elsewhere.</source>
        <translation>Chaque client est un dossier. Il reste sur cet ordinateur tant que vous ne le copiez pas ailleurs.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Archived clients</source>
        <translation>Clients archivés</translation>
    </message>
    <message>
        <source>Nothing goes out or comes in for them. Everything is kept.</source>
        <translation>Rien n’en part et rien n’y arrive. Tout est gardé.</translation>
    </message>
    <message>
        <source>About cmdesk</source>
        <translation>À propos de cmdesk</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Logiciel libre sous la licence publique générale GNU, version 3 ou ultérieure. Il est fourni sans aucune garantie.</translation>
    </message>
    <message>
        <source>Help and documentation</source>
        <translation>Aide et documentation</translation>
    </message>
    <message>
        <source>Practice desk</source>
        <translation>Bureau d’exercice</translation>
    </message>
    <message>
        <source>You are on the practice desk. Your own desk is as you left it.</source>
        <translation>Vous êtes au bureau d’exercice. Votre propre bureau est comme vous l’avez laissé.</translation>
    </message>
    <message>
        <source>Back to my own desk</source>
        <translation>Revenir à mon bureau</translation>
    </message>
    <message>
        <source>Three sample clients and people who answer, to try everything on. Nothing of it leaves this computer.</source>
        <translation>Trois clients d’exemple et des gens qui répondent, pour tout essayer. Rien n’en quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Open the practice desk</source>
        <translation>Ouvrir le bureau d’exercice</translation>
    </message>
</context>
<context>
    <name>Previews</name>
    <message>
        <source>As it will be seen</source>
        <translation>Telle qu’on la verra</translation>
    </message>
    <message>
        <source>Choose an account above to see the post as people will.</source>
        <translation>Choisissez un compte ci-dessus pour voir la publication comme les gens la verront.</translation>
    </message>
</context>
<context>
    <name>ProblemButton</name>
    <message>
        <source>Must be mended</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>À regarder</translation>
    </message>
</context>
<context>
    <name>ProofPanel</name>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>How this client wants to be read</source>
        <translation>Comment ce client veut être relu</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mend the %n sure one(s)</source>
        <translation>
            <numerusform>Corriger la faute certaine</numerusform>
            <numerusform>Corriger les %n fautes certaines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Proofing</name>
    <message>
        <source>Nobody here reads this language. French and English are read.</source>
        <extracomment>&quot;Reading…&quot; appears only when it takes longer than this. Families whose best fix needs no look.</extracomment>
        <translation>Cette langue n’est pas relue ici. Le français et l’anglais le sont.</translation>
    </message>
    <message>
        <source>The text could not be read for mistakes. Your words are safe; it is tried again as you write.</source>
        <translation>Le texte n’a pas pu être relu. Vos mots sont en sécurité; un nouvel essai se fera pendant que vous écrivez.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Relecture…</translation>
    </message>
    <message>
        <source>“{words}” is no longer pointed out for this client.</source>
        <translation>«&#xa0;{words}&#xa0;» ne sera plus signalé pour ce client.</translation>
    </message>
    <message>
        <source>“{words}” is a word of this client now.</source>
        <translation>«&#xa0;{words}&#xa0;» fait maintenant partie du dictionnaire de ce client.</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Orthographe</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>Grammaire</translation>
    </message>
    <message>
        <source>Sounds alike</source>
        <translation>Homophone</translation>
    </message>
    <message>
        <source>Capitals</source>
        <translation>Majuscules</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>Ponctuation</translation>
    </message>
    <message>
        <source>Typography</source>
        <translation>Typographie</translation>
    </message>
    <message>
        <source>Repetition</source>
        <translation>Répétition</translation>
    </message>
    <message>
        <source>Anglicism</source>
        <translation>Anglicisme</translation>
    </message>
    <message>
        <source>Local word</source>
        <translation>Mot d’ici</translation>
    </message>
    <message>
        <source>Inclusive writing</source>
        <translation>Écriture inclusive</translation>
    </message>
    <message>
        <source>The client&apos;s words</source>
        <translation>Mots du client</translation>
    </message>
    <message>
        <source>The client&apos;s voice</source>
        <translation>Ton du client</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>Ease of reading</source>
        <translation>Lisibilité</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Faute</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>No mistake found</source>
        <translation>Aucune faute détectée</translation>
    </message>
    <message>
        <source>%n mistake(s)</source>
        <translation>%n faute</translation>
    </message>
    <message>
        <source>%n to look at</source>
        <translation>%n à vérifier</translation>
    </message>
    <message>
        <source>Grammalecte is not installed on this computer, so French is read for less than usual.</source>
        <extracomment>What lacks on this machine, by the checker&apos;s name.</extracomment>
        <translation>Grammalecte n’est pas installé sur cet ordinateur&#xa0;: le français est relu moins à fond que d’habitude.</translation>
    </message>
    <message>
        <source>Harper is not installed on this computer, so English is read for less than usual.</source>
        <translation>Harper n’est pas installé sur cet ordinateur&#xa0;: l’anglais est relu moins à fond que d’habitude.</translation>
    </message>
</context>
<context>
    <name>PurgeDialog</name>
    <message>
        <source>Erase this client?</source>
        <translation>Effacer ce client?</translation>
    </message>
    <message>
        <source>Its posts, messages, files and all its copies leave this computer for good, and its keys leave the keyring. What is live on the networks stays live.</source>
        <translation>Ses publications, ses messages, ses fichiers et toutes ses copies quittent cet ordinateur pour de bon, et ses clés quittent le trousseau. Ce qui est en ligne sur les réseaux y reste.</translation>
    </message>
    <message>
        <source>Type the client’s name: {name}</source>
        <translation>Écrivez le nom du client&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Effacer pour de bon</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Tous les clients</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>{name}: this client’s file can’t be opened. Click to see what can be done.</source>
        <translation>{name}&#xa0;: le fichier de ce client ne peut pas être ouvert. Cliquez pour voir quoi faire.</translation>
    </message>
    <message numerus="yes">
        <source>%n awaiting an answer</source>
        <translation>
            <numerusform>%n en attente d’une réponse</numerusform>
            <numerusform>%n en attente d’une réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for your decision</source>
        <translation>
            <numerusform>%n en attente de votre décision</numerusform>
            <numerusform>%n en attente de votre décision</numerusform>
        </translation>
    </message>
    <message>
        <source>held: nothing goes out until you have said which file is the real one</source>
        <translation>retenu&#xa0;: rien ne sort tant que vous n’avez pas dit quel fichier est le vrai</translation>
    </message>
    <message>
        <source>frozen: nothing goes out</source>
        <translation>gelé&#xa0;: rien ne sort</translation>
    </message>
</context>
<context>
    <name>Reach</name>
    <message>
        <source>Quotes a post</source>
        <translation>Cite une publication</translation>
    </message>
    <message>
        <source>Who may answer</source>
        <translation>Qui peut répondre</translation>
    </message>
    <message>
        <source>Content labels</source>
        <translation>Étiquettes de contenu</translation>
    </message>
    <message>
        <source>https://bsky.app/profile/…/post/…</source>
        <translation>https://bsky.app/profile/…/post/…</translation>
    </message>
    <message>
        <source>Address of the post to quote</source>
        <translation>Adresse de la publication à citer</translation>
    </message>
    <message>
        <source>May be quoted</source>
        <translation>Peut être citée</translation>
    </message>
    <message>
        <source>Second language of the post</source>
        <translation>Deuxième langue de la publication</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Followers and who is mentioned</source>
        <translation>Les personnes abonnées ou mentionnées</translation>
    </message>
    <message>
        <source>Who is followed or mentioned</source>
        <translation>Les personnes suivies ou mentionnées</translation>
    </message>
    <message>
        <source>Only who is mentioned</source>
        <translation>Seulement les personnes mentionnées</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Suggestive</source>
        <translation>Suggestif</translation>
    </message>
    <message>
        <source>Nudity</source>
        <translation>Nudité</translation>
    </message>
    <message>
        <source>Adults only</source>
        <translation>Pour adultes seulement</translation>
    </message>
    <message>
        <source>Disturbing pictures</source>
        <translation>Images troublantes</translation>
    </message>
    <message>
        <source>Only for people with an account</source>
        <translation>Seulement pour qui a un compte</translation>
    </message>
    <message>
        <source>In one language</source>
        <translation>En une seule langue</translation>
    </message>
    <message>
        <source>Also in {language}</source>
        <translation>Aussi en {language}</translation>
    </message>
</context>
<context>
    <name>RepairDialog</name>
    <message>
        <source>This client can’t be opened</source>
        <translation>Ce client ne peut pas être ouvert</translation>
    </message>
    <message>
        <source>Copies made before:</source>
        <translation>Copies faites auparavant&#xa0;:</translation>
    </message>
    <message>
        <source>Put this copy in its place</source>
        <translation>Mettre cette copie à sa place</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>RepeatDialog</name>
    <message>
        <source>Repeat the post</source>
        <extracomment>The next occurrences of a rule, or the sentence that says what is wrong with it.</extracomment>
        <translation>Répéter la publication</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Fréquence</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Chaque jour</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Chaque semaine</translation>
    </message>
    <message>
        <source>Every month, on this date</source>
        <translation>Chaque mois, à cette date</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>Chaque année</translation>
    </message>
    <message>
        <source>Every so many</source>
        <translation>Intervalle</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervalle</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser là</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <source>End the repetition</source>
        <translation>Mettre fin à la répétition</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Jusqu’à quand</translation>
    </message>
    <message>
        <source>Without end</source>
        <translation>Sans fin</translation>
    </message>
    <message>
        <source>So many times</source>
        <translation>Un nombre de fois</translation>
    </message>
    <message>
        <source>Until a day</source>
        <translation>Jusqu’à un jour</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>Nombre de fois</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>Other words, a blank line between two versions</source>
        <translation>D’autres textes, une ligne vide entre deux versions</translation>
    </message>
    <message>
        <source>Some networks refuse the same words twice: each version takes its turn.</source>
        <translation>Certains réseaux refusent deux fois le même texte&#xa0;: chaque version passe à son tour.</translation>
    </message>
    <message>
        <source>Other versions</source>
        <translation>Autres versions</translation>
    </message>
    <message>
        <source>The next dates</source>
        <translation>Prochaines dates</translation>
    </message>
</context>
<context>
    <name>ReplyBox</name>
    <message>
        <source>{used} of {limit} characters</source>
        <translation>{used} caractères sur {limit}</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a message</source>
        <extracomment>As much as the network keeps of a comment.</extracomment>
        <translation>Signaler un message</translation>
    </message>
    <message>
        <source>Report this message?</source>
        <translation>Signaler ce message?</translation>
    </message>
    <message>
        <source>The moderators of the server get the message and your words, sent by @{handle}.</source>
        <translation>La modération du serveur recevra le message et vos mots, envoyés par @{handle}.</translation>
    </message>
    <message>
        <source>It is spam</source>
        <translation>C’est un pourriel</translation>
    </message>
    <message>
        <source>It breaks the server’s rules</source>
        <translation>Il enfreint les règles du serveur</translation>
    </message>
    <message>
        <source>It is against the law</source>
        <translation>Il est contraire à la loi</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message>
        <source>Tell the author’s own server too</source>
        <translation>Avertir aussi le serveur de l’auteur</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>What the moderators should know (optional)</source>
        <translation>Ce que la modération devrait savoir (facultatif)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Signaler</translation>
    </message>
</context>
<context>
    <name>Rooms</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>Publications</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Boîte de réception</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Décisions</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Bienvenue</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>first</source>
        <translation>premier</translation>
    </message>
    <message>
        <source>second</source>
        <translation>deuxième</translation>
    </message>
    <message>
        <source>third</source>
        <translation>troisième</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>quatrième</translation>
    </message>
    <message>
        <source>last</source>
        <translation>dernier</translation>
    </message>
    <message>
        <source>On the {which} {weekday} of the month</source>
        <translation>Le {which} {weekday} du mois</translation>
    </message>
    <message>
        <source>put a label on it</source>
        <translation>y mettre une étiquette</translation>
    </message>
    <message>
        <source>say how urgent it is</source>
        <translation>dire si c’est urgent</translation>
    </message>
    <message>
        <source>set it aside</source>
        <translation>le mettre de côté</translation>
    </message>
    <message>
        <source>snooze it, in hours</source>
        <translation>le reporter, en heures</translation>
    </message>
    <message>
        <source>propose to ask somebody</source>
        <translation>proposer de demander à quelqu’un</translation>
    </message>
    <message>
        <source>propose a measure</source>
        <translation>proposer une mesure</translation>
    </message>
    <message>
        <source>take a measure, where the client allows it</source>
        <translation>prendre une mesure, si le client le permet</translation>
    </message>
    <message>
        <source>alert me</source>
        <translation>m’alerter</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>rien d’autre</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Ce qui est fait</translation>
    </message>
    <message>
        <source>Which one</source>
        <translation>Lequel</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules of the inbox</source>
        <translation>Règles de la boîte de réception</translation>
    </message>
    <message>
        <source>Rules in their order</source>
        <translation>Règles dans leur ordre</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>Enregistrer la règle</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Try it earlier</source>
        <translation>L’essayer plus tôt</translation>
    </message>
    <message>
        <source>Try it later</source>
        <translation>L’essayer plus tard</translation>
    </message>
    <message>
        <source>Remove the rule</source>
        <translation>Retirer la règle</translation>
    </message>
    <message>
        <source>nothing but links</source>
        <translation>rien que des liens</translation>
    </message>
    <message>
        <source>nothing but emoji</source>
        <translation>rien que des émojis</translation>
    </message>
    <message>
        <source>any mood or kind</source>
        <translation>toute humeur ou tout genre</translation>
    </message>
    <message>
        <source>needs care</source>
        <translation>demande du tact</translation>
    </message>
    <message>
        <source>any language</source>
        <translation>toute langue</translation>
    </message>
    <message>
        <source>French</source>
        <translation>français</translation>
    </message>
    <message>
        <source>English</source>
        <translation>anglais</translation>
    </message>
    <message>
        <source>No further rule is tried then</source>
        <translation>Aucune autre règle n’est alors essayée</translation>
    </message>
    <message>
        <source>Try it on the last 30 days</source>
        <translation>L’essayer sur les 30 derniers jours</translation>
    </message>
    <message>
        <source>several with commas; a star stands for any ending</source>
        <translation>plusieurs avec des virgules; une étoile remplace toute terminaison</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>When a message has</source>
        <translation>Quand un message contient</translation>
    </message>
    <message>
        <source>one of these words</source>
        <translation>un de ces mots</translation>
    </message>
    <message>
        <source>none of these words</source>
        <translation>aucun de ces mots</translation>
    </message>
    <message>
        <source>from (handle or server)</source>
        <translation>de (nom ou serveur)</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Alors</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of {looked} would have been met. Nothing was changed.</source>
        <translation>
            <numerusform>%n message sur {looked} aurait été visé. Rien n’a été changé.</numerusform>
            <numerusform>%n messages sur {looked} auraient été visés. Rien n’a été changé.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Said</name>
    <message>
        <source>{out} of {parts} out</source>
        <extracomment>So many previews of one account are named in a summary.</extracomment>
        <translation>{out} sur {parts} en ligne</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>cmdesk is still looking</source>
        <translation>cmdesk cherche encore</translation>
    </message>
    <message>
        <source>late by {length}</source>
        <translation>en retard de {length}</translation>
    </message>
    <message>
        <source>Post without text</source>
        <translation>Publication sans texte</translation>
    </message>
    <message numerus="yes">
        <source>%n uncertain</source>
        <translation>
            <numerusform>%n incertaine</numerusform>
            <numerusform>%n incertaines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refusée</numerusform>
            <numerusform>%n refusées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n en retard</numerusform>
            <numerusform>%n en retard</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n retenue</numerusform>
            <numerusform>%n retenues</numerusform>
        </translation>
    </message>
    <message>
        <source>{counts}. Nothing of it goes out before you decide.</source>
        <translation>{counts}. Rien de cela ne part avant votre décision.</translation>
    </message>
    <message>
        <source>cmdesk looks again by itself</source>
        <translation>cmdesk cherchera de nouveau de lui-même</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyée</translation>
    </message>
    <message>
        <source>Asked again</source>
        <translation>Redemandé</translation>
    </message>
    <message>
        <source>Looked on the network</source>
        <translation>Cherché sur le réseau</translation>
    </message>
    <message>
        <source>You decided</source>
        <translation>Vous avez décidé</translation>
    </message>
    <message>
        <source>no answer is known</source>
        <translation>aucune réponse connue</translation>
    </message>
    <message>
        <source>{kind}, part {number}: {outcome}</source>
        <translation>{kind}, partie {number}&#xa0;: {outcome}</translation>
    </message>
    <message>
        <source>{kind}: {outcome}</source>
        <translation>{kind}&#xa0;: {outcome}</translation>
    </message>
    <message>
        <source>Live part {number}</source>
        <translation>Partie {number} en ligne</translation>
    </message>
    <message>
        <source>{client} is frozen since {time}: “{note}”. Let go one by one below, or everything.</source>
        <translation>{client} est gelé depuis {time}&#xa0;: «&#xa0;{note}&#xa0;». Libérez une à une ci-dessous, ou tout à la fois.</translation>
    </message>
    <message>
        <source>{client} is frozen since {time}, and nothing of it goes out. Let go one by one below, or everything.</source>
        <translation>{client} est gelé depuis {time}, et rien n’en sort. Libérez une à une ci-dessous, ou tout à la fois.</translation>
    </message>
    <message>
        <source>Thaw everything…</source>
        <translation>Tout dégeler…</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) are not open to this and stay as they are.</source>
        <translation>
            <numerusform>%n autre n’admet pas ce choix et reste telle quelle.</numerusform>
            <numerusform>%n autres n’admettent pas ce choix et restent telles quelles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them may be live already, and would then be there twice. Look at the accounts first.</source>
        <translation>
            <numerusform>%n d’entre elles est peut-être déjà en ligne et s’y trouverait alors deux fois. Regardez d’abord les comptes.</numerusform>
            <numerusform>%n d’entre elles sont peut-être déjà en ligne et s’y trouveraient alors deux fois. Regardez d’abord les comptes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n post(s) now?</source>
        <translation>
            <numerusform>Publier %n publication maintenant?</numerusform>
            <numerusform>Publier %n publications maintenant?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n post(s) at the time they were planned for?</source>
        <translation>
            <numerusform>Publier %n publication à l’heure prévue?</numerusform>
            <numerusform>Publier %n publications aux heures prévues?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n post(s) to the next free time?</source>
        <translation>
            <numerusform>Déplacer %n publication au prochain moment libre?</numerusform>
            <numerusform>Déplacer %n publications aux prochains moments libres?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n post(s) again?</source>
        <translation>
            <numerusform>Chercher %n publication de nouveau?</numerusform>
            <numerusform>Chercher %n publications de nouveau?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n thread(s)?</source>
        <translation>
            <numerusform>Envoyer la suite de %n fil?</numerusform>
            <numerusform>Envoyer la suite de %n fils?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n thread(s) at the parts that are live?</source>
        <translation>
            <numerusform>Laisser %n fil aux parties en ligne?</numerusform>
            <numerusform>Laisser %n fils aux parties en ligne?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n post(s) unpublished?</source>
        <translation>
            <numerusform>Laisser %n publication de côté?</numerusform>
            <numerusform>Laisser %n publications de côté?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n</source>
        <translation>
            <numerusform>En publier %n</numerusform>
            <numerusform>En publier %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Plan %n</source>
        <translation>
            <numerusform>En prévoir %n</numerusform>
            <numerusform>En prévoir %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n</source>
        <translation>
            <numerusform>En déplacer %n</numerusform>
            <numerusform>En déplacer %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n</source>
        <translation>
            <numerusform>En chercher %n</numerusform>
            <numerusform>En chercher %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n</source>
        <translation>
            <numerusform>Envoyer la suite de %n</numerusform>
            <numerusform>Envoyer la suite de %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n at that</source>
        <translation>
            <numerusform>En laisser %n ainsi</numerusform>
            <numerusform>En laisser %n ainsi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do not publish %n</source>
        <translation>
            <numerusform>Ne pas publier (%n)</numerusform>
            <numerusform>Ne pas publier (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>@{handle} on {network}</source>
        <translation>@{handle} sur {network}</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n publication</numerusform>
            <numerusform>%n publications</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, {time} ({zone})</source>
        <translation>{count}, {time} ({zone})</translation>
    </message>
    <message>
        <source>{count}, from {first} to {last} ({zone})</source>
        <translation>{count}, du {first} au {last} ({zone})</translation>
    </message>
    <message numerus="yes">
        <source>Done for %n post(s).</source>
        <translation>
            <numerusform>C’est fait pour %n publication.</numerusform>
            <numerusform>C’est fait pour %n publications.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s) as it was. {reason}</source>
        <translation>
            <numerusform>%n reste telle quelle. {reason}</numerusform>
            <numerusform>%n restent telles quelles. {reason}</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish now</source>
        <translation>Publier maintenant</translation>
    </message>
    <message>
        <source>Publish at its time</source>
        <translation>Publier à son heure</translation>
    </message>
    <message>
        <source>Move to the next free time</source>
        <translation>Déplacer au prochain moment libre</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>Un autre moment…</translation>
    </message>
    <message>
        <source>It is live: paste the link…</source>
        <translation>Elle est en ligne&#xa0;: coller le lien…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher de nouveau</translation>
    </message>
    <message>
        <source>Send the rest of the thread</source>
        <translation>Envoyer la suite du fil</translation>
    </message>
    <message>
        <source>Leave the thread at that</source>
        <translation>Laisser le fil ainsi</translation>
    </message>
    <message>
        <source>Let this one go</source>
        <translation>Libérer celle-ci</translation>
    </message>
    <message>
        <source>Do not publish</source>
        <translation>Ne pas publier</translation>
    </message>
    <message>
        <source>Open the post</source>
        <translation>Ouvrir la publication</translation>
    </message>
    <message>
        <source>Link the account again</source>
        <translation>Lier le compte de nouveau</translation>
    </message>
    <message>
        <source>Look at the account</source>
        <translation>Regarder le compte</translation>
    </message>
    <message>
        <source>Choose it for a common decision</source>
        <translation>La choisir pour une décision commune</translation>
    </message>
    <message>
        <source>Choose everything, or nothing</source>
        <translation>Tout choisir, ou rien</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>Saved replies</source>
        <translation>Réponses enregistrées</translation>
    </message>
    <message>
        <source>Search saved replies</source>
        <translation>Chercher une réponse enregistrée</translation>
    </message>
    <message>
        <source>New saved reply</source>
        <translation>Nouvelle réponse enregistrée</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Nothing saved that fits. What you answer every week belongs here.</source>
        <translation>Rien d’enregistré qui corresponde. Ce que vous répondez chaque semaine a sa place ici.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Put it into the reply</source>
        <translation>Mettre dans la réponse</translation>
    </message>
    <message>
        <source>What stands in braces is filled in: {known}</source>
        <translation>Ce qui est entre accolades est rempli&#xa0;: {known}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Short form</source>
        <translation>Raccourci</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>When to publish</source>
        <translation>Quand publier</translation>
    </message>
    <message>
        <source>At a time</source>
        <translation>À une heure</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>Date et heure</translation>
    </message>
    <message>
        <source>More for this post</source>
        <translation>Autres actions pour cette publication</translation>
    </message>
    <message>
        <source>Cancel the plan</source>
        <translation>Annuler la programmation</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Drafts</source>
        <extracomment>The name under which a row travels; it carries nothing, what travels is read from the list itself.</extracomment>
        <translation>Brouillons</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>Idées</translation>
    </message>
    <message>
        <source>Drafts and ideas</source>
        <translation>Brouillons et idées</translation>
    </message>
    <message>
        <source>New idea</source>
        <translation>Nouvelle idée</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Drag onto a day, or press M for a time</source>
        <translation>Glissez sur un jour, ou appuyez sur M pour une heure</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Aucun brouillon</translation>
    </message>
    <message>
        <source>What you begin and leave is kept here, to be dragged onto a day.</source>
        <translation>Ce que vous commencez puis laissez est gardé ici, prêt à glisser sur un jour.</translation>
    </message>
    <message>
        <source>No ideas yet</source>
        <translation>Pas encore d’idées</translation>
    </message>
    <message>
        <source>A line is enough. Drag it onto a day when its time has come.</source>
        <translation>Une ligne suffit. Glissez-la sur un jour quand son heure est venue.</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>Freeze everything of {client}?</source>
        <extracomment>Doubts in which another file may be the real one.</extracomment>
        <translation>Geler tout ce qui sort de {client}?</translation>
    </message>
    <message>
        <source>Nothing of this client goes out any more: no post, no reply, no next part of a thread. What is being sent this very second cannot be called back. You let go one by one, or everything.</source>
        <translation>Plus rien ne sort pour ce client&#xa0;: ni publication, ni réponse, ni suite d’un fil. Ce qui part à cette seconde même ne peut être rappelé. Vous libérez ensuite une à une, ou tout à la fois.</translation>
    </message>
    <message>
        <source>Freeze {client}</source>
        <translation>Geler {client}</translation>
    </message>
    <message>
        <source>{client} is frozen. Nothing was planned.</source>
        <translation>{client} est gelé. Rien n’était prévu.</translation>
    </message>
    <message numerus="yes">
        <source>{client} is frozen. %n planned post(s) wait.</source>
        <translation>
            <numerusform>{client} est gelé. %n publication prévue attend.</numerusform>
            <numerusform>{client} est gelé. %n publications prévues attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Thaw everything of {client}?</source>
        <translation>Dégeler tout ce qui sort de {client}?</translation>
    </message>
    <message>
        <source>What is planned goes out at its time again, in the name of {client}. What is too late by now waits for your decision.</source>
        <translation>Ce qui est prévu partira de nouveau à son heure, au nom de {client}. Ce qui est trop en retard attend votre décision.</translation>
    </message>
    <message>
        <source>Thaw {client}</source>
        <translation>Dégeler {client}</translation>
    </message>
    <message>
        <source>{client} is thawed.</source>
        <translation>{client} est dégelé.</translation>
    </message>
    <message numerus="yes">
        <source>{client} is thawed. %n post(s) are planned again.</source>
        <translation>
            <numerusform>{client} est dégelé. %n publication est prévue de nouveau.</numerusform>
            <numerusform>{client} est dégelé. %n publications sont prévues de nouveau.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is the real one, go on</source>
        <translation>C’est le vrai, continuer</translation>
    </message>
    <message>
        <source>The other one is real: stay held</source>
        <translation>L’autre est le vrai&#xa0;: rester retenu</translation>
    </message>
    <message>
        <source>Go on with this one?</source>
        <translation>Continuer avec celui-ci?</translation>
    </message>
    <message>
        <source>From now on {client} publishes from here. If a copy elsewhere publishes too, posts go out twice. What may be live already is held until you have looked.</source>
        <translation>Dorénavant, {client} publie d’ici. Si une copie publie aussi ailleurs, des publications sortiront deux fois. Ce qui est peut-être déjà en ligne est retenu jusqu’à ce que vous ayez regardé.</translation>
    </message>
    <message>
        <source>{client} stays held here, and cmdesk asks no more.</source>
        <translation>{client} reste retenu ici, et cmdesk ne demande plus rien.</translation>
    </message>
    <message numerus="yes">
        <source>{client} goes on from here. %n post(s) wait until you have looked.</source>
        <translation>
            <numerusform>{client} continue d’ici. %n publication attend que vous ayez regardé.</numerusform>
            <numerusform>{client} continue d’ici. %n publications attendent que vous ayez regardé.</numerusform>
        </translation>
    </message>
    <message>
        <source>{client} goes on from here.</source>
        <translation>{client} continue d’ici.</translation>
    </message>
</context>
<context>
    <name>Steering</name>
    <message>
        <source>Week {number}</source>
        <translation>Semaine {number}</translation>
    </message>
</context>
<context>
    <name>SummaryPane</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>Surface</name>
    <message>
        <source>today, {day}</source>
        <translation>aujourd’hui, {day}</translation>
    </message>
    <message>
        <source>{day}. Nothing planned.</source>
        <translation>{day}. Rien de prévu.</translation>
    </message>
    <message>
        <source>{day}. One post.</source>
        <translation>{day}. Une publication.</translation>
    </message>
    <message>
        <source>{day}. {count} posts.</source>
        <translation>{day}. {count} publications.</translation>
    </message>
    <message>
        <source>{when}. {client}. {state}. {words}</source>
        <translation>{when}. {client}. {state}. {words}</translation>
    </message>
    <message>
        <source>{moment} for {client}, {zone}</source>
        <translation>{moment} pour {client}, {zone}</translation>
    </message>
    <message>
        <source>{name} (publish gently)</source>
        <translation>{name} (publier avec retenue)</translation>
    </message>
    <message>
        <source>That time has passed. Choose a later one.</source>
        <translation>Ce moment est passé. Choisissez-en un plus tard.</translation>
    </message>
    <message>
        <source>It is going out right now, so it stays where it is.</source>
        <translation>Elle est en train de partir, donc elle reste où elle est.</translation>
    </message>
    <message>
        <source>A part of it is live already. Open it to decide about the rest.</source>
        <translation>Une partie est déjà en ligne. Ouvrez-la pour décider du reste.</translation>
    </message>
    <message>
        <source>Nobody knows yet whether it is live. Open it and decide, then it can be moved.</source>
        <translation>On ne sait pas encore si elle est en ligne. Ouvrez-la et décidez, ensuite elle pourra être déplacée.</translation>
    </message>
    <message>
        <source>It is live already, so its time is a fact and stays.</source>
        <translation>Elle est déjà en ligne, son heure est un fait et ne change plus.</translation>
    </message>
</context>
<context>
    <name>TargetChip</name>
    <message>
        <source>{handle} on {network}</source>
        <translation>{handle} sur {network}</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n caractère libre</numerusform>
            <numerusform>%n caractères libres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TermsDialog</name>
    <message>
        <source>Hours, slots and key dates</source>
        <translation>Heures, créneaux et dates clés</translation>
    </message>
    <message>
        <source>For example mon-fri 9:00-17:00; sat 10:00-14:00. Empty when none were agreed.</source>
        <translation>Par exemple lun-ven 9:00-17:00; sam 10:00-14:00. Vide si rien n’est convenu.</translation>
    </message>
    <message>
        <source>Business hours</source>
        <translation>Heures d’ouverture</translation>
    </message>
    <message>
        <source>For example mon-fri 9:00, 12:30; sat 10:00. A post takes the next free one.</source>
        <translation>Par exemple lun-ven 9:00, 12:30; sam 10:00. Une publication prend le prochain libre.</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Créneaux</translation>
    </message>
    <message>
        <source>Slots of {account}</source>
        <translation>Créneaux de {account}</translation>
    </message>
    <message>
        <source>As the client&apos;s</source>
        <translation>Comme pour le client</translation>
    </message>
    <message>
        <source>Answer within (min)</source>
        <translation>Répondre en (min)</translation>
    </message>
    <message>
        <source>Counted in business hours.</source>
        <translation>Compté en heures d’ouverture.</translation>
    </message>
    <message>
        <source>Between two posts (min)</source>
        <translation>Entre deux publications (min)</translation>
    </message>
    <message>
        <source>0 is no minimum.</source>
        <translation>0&#xa0;: aucun minimum.</translation>
    </message>
    <message>
        <source>Key dates</source>
        <translation>Dates clés</translation>
    </message>
    <message>
        <source>Québec</source>
        <translation>Québec</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>Canada</translation>
    </message>
    <message>
        <source>France</source>
        <translation>France</translation>
    </message>
    <message>
        <source>International</source>
        <translation>International</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser là</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>ThreadPane</name>
    <message>
        <source>Choose a message</source>
        <translation>Choisissez un message</translation>
    </message>
    <message>
        <source>J and K walk through the list, R replies, E says answered. The question mark shows every key.</source>
        <translation>J et K parcourent la liste, R répond, E marque comme répondu. Le point d’interrogation montre toutes les touches.</translation>
    </message>
    <message numerus="yes">
        <source>Show the whole conversation (%n more)</source>
        <translation>
            <numerusform>Afficher toute la conversation (%n de plus)</numerusform>
            <numerusform>Afficher toute la conversation (%n de plus)</numerusform>
        </translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Saved replies (S)</source>
        <translation>Réponses enregistrées (S)</translation>
    </message>
</context>
<context>
    <name>Today</name>
    <message>
        <source>Nothing needs you right now.</source>
        <translation>Rien ne vous réclame en ce moment.</translation>
    </message>
    <message>
        <source>Empty draft</source>
        <translation>Brouillon vide</translation>
    </message>
    <message>
        <source>No account chosen</source>
        <translation>Aucun compte choisi</translation>
    </message>
    <message>
        <source>@{handle} · {client}. {what}</source>
        <translation>@{handle} · {client}. {what}</translation>
    </message>
    <message>
        <source>Look at the account</source>
        <translation>Voir le compte</translation>
    </message>
</context>
<context>
    <name>TodayView</name>
    <message numerus="yes">
        <source>All decisions, %n more</source>
        <extracomment>How many rows a list of the day shows; all of them are a click away.</extracomment>
        <translation>
            <numerusform>Toutes les décisions, encore %n</numerusform>
            <numerusform>Toutes les décisions, encore %n</numerusform>
        </translation>
    </message>
    <message>
        <source>All decisions</source>
        <translation>Toutes les décisions</translation>
    </message>
    <message>
        <source>Your decision</source>
        <translation>À vous de décider</translation>
    </message>
    <message>
        <source>Awaiting an answer</source>
        <translation>En attente d’une réponse</translation>
    </message>
    <message>
        <source>Nobody is waiting. Answered and set aside messages stay in the inbox.</source>
        <translation>Personne n’attend. Les messages répondus ou mis de côté restent dans la boîte de réception.</translation>
    </message>
    <message>
        <source>All in the inbox</source>
        <translation>Tout voir dans la boîte</translation>
    </message>
    <message>
        <source>Going out today</source>
        <translation>Ce qui part aujourd’hui</translation>
    </message>
    <message>
        <source>Nothing is planned for today.</source>
        <translation>Rien n’est programmé aujourd’hui.</translation>
    </message>
    <message>
        <source>All in the calendar</source>
        <translation>Tout voir au calendrier</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
    <message>
        <source>No drafts. What you begin is kept here until you plan it.</source>
        <translation>Pas de brouillon. Ce que vous commencez est gardé ici jusqu’à ce que vous le programmiez.</translation>
    </message>
    <message>
        <source>All drafts</source>
        <translation>Tous les brouillons</translation>
    </message>
    <message>
        <source>Link a first account</source>
        <translation>Relier un premier compte</translation>
    </message>
    <message>
        <source>The day gathers here what goes out and who waits for an answer. It begins with an account.</source>
        <translation>La journée rassemble ici ce qui part et les gens qui attendent une réponse. Tout commence par un compte.</translation>
    </message>
    <message>
        <source>Link an account</source>
        <translation>Relier un compte</translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message>
        <source>See what can be done</source>
        <extracomment>So many decisions at once are still seen on the day&apos;s own page.</extracomment>
        <translation>Voir quoi faire</translation>
    </message>
    <message>
        <source>Nobody can tell what of {clients} is live already, so nothing of it is sent.</source>
        <translation>Personne ne peut dire ce qui, de {clients}, est déjà en ligne; rien n’est donc envoyé.</translation>
    </message>
    <message>
        <source>{client} is frozen since {time}, and nothing of it goes out.</source>
        <translation>{client} est gelé depuis {time}, et rien n’en sort.</translation>
    </message>
    <message>
        <source>{clients} are frozen. Nothing of them goes out.</source>
        <translation>{clients} sont gelés. Rien n’en sort.</translation>
    </message>
    <message>
        <source>Thaw…</source>
        <translation>Dégeler…</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) wait for your decision.</source>
        <translation>
            <numerusform>%n publication attend votre décision.</numerusform>
            <numerusform>%n publications attendent votre décision.</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Every client, every voice,
one calm desk.</source>
        <extracomment>Languages name themselves, so that whoever reads only one of them finds it.</extracomment>
        <translation>Chaque client, chaque voix,
un seul bureau, tranquille.</translation>
    </message>
    <message>
        <source>Plan what goes out, answer who wrote, for each client in their own name. Nothing goes out twice, nothing is lost, even without a network.</source>
        <translation>Programmez ce qui part, répondez aux gens, pour chaque client et en son nom. Rien ne part deux fois, rien ne se perd, même sans réseau.</translation>
    </message>
    <message>
        <source>Create my first client</source>
        <translation>Créer mon premier client</translation>
    </message>
    <message>
        <source>Try it on the practice desk</source>
        <translation>Essayer le bureau d’exercice</translation>
    </message>
    <message>
        <source>The practice desk has three sample clients and people who answer. Nothing of it leaves this computer.</source>
        <translation>Le bureau d’exercice a trois clients d’exemple et des gens qui répondent. Rien n’en quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Your data stay in a folder of yours, your keys in the system’s keyring. No account to open.</source>
        <translation>Vos données restent dans votre dossier, vos clés dans le trousseau du système. Aucun compte à ouvrir.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Undo</source>
        <extracomment>What the rail shows of a client; words that are saved while one types leave it alone.</extracomment>
        <translation>Défaire</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Tous les clients</translation>
    </message>
    <message>
        <source>Search or jump</source>
        <translation>Chercher ou aller à</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>Toutes les actions</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>No network. What you write is kept and goes out when the network is back.</source>
        <translation>Pas de réseau. Ce que vous écrivez est gardé et partira au retour du réseau.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Aller</translation>
    </message>
    <message numerus="yes">
        <source>%n awaiting an answer</source>
        <translation>
            <numerusform>%n en attente d’une réponse</numerusform>
            <numerusform>%n en attente d’une réponse</numerusform>
        </translation>
    </message>
    <message>
        <source>{client} · {room}</source>
        <translation>{client} · {room}</translation>
    </message>
    <message>
        <source>Client {number}</source>
        <translation>Client {number}</translation>
    </message>
    <message>
        <source>Client 1 to 9</source>
        <translation>Client 1 à 9</translation>
    </message>
    <message>
        <source>This starts a letter to {address} in your mail program.</source>
        <translation>Ceci commence un courriel à {address} dans votre logiciel de courriel.</translation>
    </message>
    <message>
        <source>The text names another place, but the link leads to {host}.</source>
        <translation>Le texte nomme un autre endroit, mais le lien mène à {host}.</translation>
    </message>
    <message>
        <source>The address uses letters that can look like others. It leads to {host}.</source>
        <translation>L’adresse utilise des lettres qui peuvent ressembler à d’autres. Elle mène à {host}.</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Ouvrir ce lien?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>Draft for {date}</source>
        <translation>Brouillon pour {date}</translation>
    </message>
    <message>
        <source>Idea for {date}</source>
        <translation>Idée pour {date}</translation>
    </message>
    <message>
        <source>Don&apos;t show {date}</source>
        <translation>Ne plus afficher {date}</translation>
    </message>
    <message>
        <source>Draft for the key date</source>
        <translation>Brouillon pour la date clé</translation>
    </message>
    <message>
        <source>New idea</source>
        <translation>Nouvelle idée</translation>
    </message>
    <message>
        <source>Idea board</source>
        <translation>Tableau d’idées</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>Nouvelle campagne</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Nouvelle note</translation>
    </message>
    <message>
        <source>Hours, slots and key dates</source>
        <translation>Heures, créneaux et dates clés</translation>
    </message>
    <message>
        <source>Balance of pillars</source>
        <translation>Équilibre des piliers</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Enregistrer en PDF</translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message>
        <source>tu or vous, as the writer likes</source>
        <translation>tu ou vous, au choix de qui écrit</translation>
    </message>
    <message>
        <source>says tu</source>
        <translation>tutoie</translation>
    </message>
    <message>
        <source>says vous</source>
        <translation>vouvoie</translation>
    </message>
    <message>
        <source>as the writer likes</source>
        <translation>au choix de qui écrit</translation>
    </message>
    <message>
        <source>neutral wording first</source>
        <translation>d’abord une formulation neutre</translation>
    </message>
    <message>
        <source>both forms: les clientes et les clients</source>
        <translation>les deux formes&#xa0;: les clientes et les clients</translation>
    </message>
    <message>
        <source>middle dot: les client·es</source>
        <translation>point médian&#xa0;: les client·es</translation>
    </message>
    <message>
        <source>parentheses: les client(e)s</source>
        <translation>parenthèses&#xa0;: les client(e)s</translation>
    </message>
    <message>
        <source>no shortened double forms</source>
        <translation>aucun doublet abrégé</translation>
    </message>
    <message>
        <source>nothing: remarks are only shown</source>
        <translation>rien&#xa0;: les remarques sont seulement montrées</translation>
    </message>
    <message>
        <source>what is surely a mistake</source>
        <translation>ce qui est sûrement une faute</translation>
    </message>
    <message>
        <source>every remark but matters of taste</source>
        <translation>toute remarque sauf les questions de goût</translation>
    </message>
    <message>
        <source>any</source>
        <translation>au choix</translation>
    </message>
</context>
<context>
    <name>WishesDialog</name>
    <message>
        <source>How this client wants to be read</source>
        <extracomment>Between the words of a glossary&apos;s line: what is avoided, what is said, why.</extracomment>
        <translation>Comment ce client veut être relu</translation>
    </message>
    <message>
        <source>Tell matters of taste too: ease of reading, shorter ways to say it</source>
        <translation>Signaler aussi les questions de goût&#xa0;: lisibilité, tournures plus courtes</translation>
    </message>
    <message>
        <source>Most exclamation marks</source>
        <translation>Points d’exclamation, au plus</translation>
    </message>
    <message>
        <source>Most emoji</source>
        <translation>Émojis, au plus</translation>
    </message>
    <message>
        <source>Most hashtags</source>
        <translation>Mots-clics, au plus</translation>
    </message>
    <message>
        <source>Longest sentence, in words</source>
        <translation>Phrase la plus longue, en mots</translation>
    </message>
    <message>
        <source>Own words: brands, names</source>
        <translation>Mots du client&#xa0;: marques, noms</translation>
    </message>
    <message>
        <source>separated by commas; they are never a mistake</source>
        <translation>séparés par des virgules; jamais signalés comme fautes</translation>
    </message>
    <message>
        <source>Words to avoid</source>
        <translation>Mots à éviter</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>séparés par des virgules</translation>
    </message>
    <message>
        <source>Instead of, say</source>
        <translation>Au lieu de, dire</translation>
    </message>
    <message>
        <source>a line for each: avoided {arrow} said {bar} why</source>
        <translation>une ligne pour chacun&#xa0;: évité {arrow} dit {bar} pourquoi</translation>
    </message>
    <message>
        <source>The public</source>
        <translation>Le public</translation>
    </message>
    <message>
        <source>Inclusive writing</source>
        <translation>Écriture inclusive</translation>
    </message>
    <message>
        <source>What keeps a post from being planned</source>
        <translation>Ce qui empêche de planifier une publication</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message numerus="yes">
        <source>Point out again what was ignored (%n)</source>
        <translation>
            <numerusform>Signaler de nouveau ce qui était ignoré (%n)</numerusform>
            <numerusform>Signaler de nouveau ce qui était ignoré (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>The network asks us to slow down until {time}. Nothing is lost, and cmdesk goes on by itself then.</source>
        <extracomment>More of a foreign word (a server&apos;s own sentence, a name) than this is not shown.</extracomment>
        <translation>Le réseau demande de ralentir jusqu’à {time}. Rien n’est perdu, et cmdesk reprendra de lui-même.</translation>
    </message>
    <message>
        <source>Part {number}: {sentence}</source>
        <translation>Partie {number}&#xa0;: {sentence}</translation>
    </message>
    <message>
        <source>{number} KB</source>
        <translation>{number}&#xa0;ko</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number}&#xa0;Mo</translation>
    </message>
    <message>
        <source>{client}: you said that another copy is the real one, so nothing is sent from here.</source>
        <translation>{client}&#xa0;: vous avez dit qu’une autre copie est la vraie; rien n’est donc envoyé d’ici.</translation>
    </message>
    <message>
        <source>{city} time</source>
        <translation>heure de {city}</translation>
    </message>
    <message>
        <source>The clocks go forward that night, so this hour does not exist. The post goes out an hour later.</source>
        <translation>On avance l’heure cette nuit-là&#xa0;: cette heure n’existe pas. La publication sortira une heure plus tard.</translation>
    </message>
    <message>
        <source>The clocks go forward that night, so this hour does not exist. The post goes out {minutes} minutes later.</source>
        <translation>On avance l’heure cette nuit-là&#xa0;: cette heure n’existe pas. La publication sortira {minutes} minutes plus tard.</translation>
    </message>
    <message>
        <source>The clocks go back that night, so this hour comes twice. The post goes out the first time.</source>
        <translation>On recule l’heure cette nuit-là, alors cette heure revient deux fois. La publication sortira la première fois.</translation>
    </message>
    <message>
        <source>{out} of {parts} parts are live.</source>
        <translation>{out} parties sur {parts} sont en ligne.</translation>
    </message>
    <message>
        <source>The answer of the network got lost, so nobody can tell whether it is live. Nothing is sent twice. Look at {handle}, then say what you found.</source>
        <translation>La réponse du réseau s’est perdue, alors personne ne sait si elle est en ligne. Rien n’est envoyé deux fois. Regardez {handle}, puis dites ce que vous y avez vu.</translation>
    </message>
    <message>
        <source>The network gave no reason.</source>
        <translation>Le réseau n’a pas donné de raison.</translation>
    </message>
    <message>
        <source>The network said no, and nothing went out. {why}</source>
        <translation>Le réseau a dit non, et rien n’est sorti. {why}</translation>
    </message>
    <message>
        <source>It is live.</source>
        <translation>Elle est en ligne.</translation>
    </message>
    <message>
        <source>It was live and is no longer on the network.</source>
        <translation>Elle était en ligne et n’est plus sur le réseau.</translation>
    </message>
    <message>
        <source>It was cancelled. Nothing goes out.</source>
        <translation>Elle a été annulée. Rien ne sortira.</translation>
    </message>
    <message>
        <source>It is going out right now.</source>
        <translation>Elle sort en ce moment.</translation>
    </message>
    <message>
        <source>The network has it and is preparing it.</source>
        <translation>Le réseau l’a reçue et la prépare.</translation>
    </message>
    <message>
        <source>It could not go out yet, for certain. The next try is at {time}.</source>
        <translation>Elle n’est pas encore sortie, c’est certain. Prochain essai&#xa0;: {time}.</translation>
    </message>
    <message>
        <source>It goes out by itself, as soon as there is a network at that time.</source>
        <translation>Elle sortira d’elle-même, dès qu’il y aura un réseau à ce moment.</translation>
    </message>
    <message>
        <source>Something went wrong that cmdesk has no words for. What you wrote is kept. Try again, and note this code: {code}.</source>
        <translation>Il s’est passé quelque chose que cmdesk ne sait pas nommer. Ce que vous avez écrit est gardé. Réessayez, et notez ce code&#xa0;: {code}.</translation>
    </message>
    <message>
        <source>This computer could not do it just now. What you wrote is kept. Try again in a moment.</source>
        <translation>L’ordinateur n’a pas pu le faire pour l’instant. Ce que vous avez écrit est gardé. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>Nobody could read this text for mistakes just now. What you wrote is kept, and nothing is underlined. It is tried again with the next change.</source>
        <translation>Personne n’a pu lire ce texte pour en trouver les fautes. Ce que vous avez écrit est conservé, et rien n’est souligné. Un nouvel essai suit au prochain changement.</translation>
    </message>
    <message>
        <source>cmdesk is closing, so this was not started. Nothing was sent. Open cmdesk again to carry on.</source>
        <translation>cmdesk se ferme, alors ceci n’a pas commencé. Rien n’a été envoyé. Rouvrez cmdesk pour continuer.</translation>
    </message>
    <message>
        <source>cmdesk tried to start its engine twice. Nothing was sent. Close cmdesk and open it again.</source>
        <translation>cmdesk a tenté de démarrer deux fois son moteur. Rien n’a été envoyé. Fermez cmdesk et rouvrez-le.</translation>
    </message>
    <message>
        <source>This client’s file could not be read or written. What is on the screen is kept. Try again in a moment.</source>
        <translation>Le fichier de ce client n’a pas pu être lu ou écrit. Ce qui est à l’écran est gardé. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>This client’s file is closed already. Nothing was changed. Open the client again to carry on.</source>
        <translation>Le fichier de ce client est déjà fermé. Rien n’a changé. Rouvrez le client pour continuer.</translation>
    </message>
    <message>
        <source>This client’s file is damaged. It was left as it is, and the other clients work. Restore one of its backups in Preferences.</source>
        <translation>Le fichier de ce client est abîmé. Il a été laissé tel quel, et les autres clients fonctionnent. Restaurez une de ses copies de sauvegarde dans les Préférences.</translation>
    </message>
    <message>
        <source>A later version of cmdesk wrote this client’s file. It was left untouched. Update cmdesk to open it.</source>
        <translation>Une version plus récente de cmdesk a écrit le fichier de ce client. Il n’a pas été touché. Mettez cmdesk à jour pour l’ouvrir.</translation>
    </message>
    <message>
        <source>Another program is holding this client’s file. Nothing is lost. Close the other program, or wait a moment, and try again.</source>
        <translation>Un autre programme retient le fichier de ce client. Rien n’est perdu. Fermez l’autre programme, ou attendez un peu, puis réessayez.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing more can be saved. Your text stays on the screen. Free some space, then save again.</source>
        <translation>Le disque est plein, alors plus rien ne peut être enregistré. Votre texte reste à l’écran. Libérez de la place, puis enregistrez de nouveau.</translation>
    </message>
    <message>
        <source>This client’s folder cannot be written to. Your text stays on the screen. Allow writing to the folder, then save again.</source>
        <translation>On ne peut pas écrire dans le dossier de ce client. Votre texte reste à l’écran. Permettez l’écriture dans le dossier, puis enregistrez de nouveau.</translation>
    </message>
    <message>
        <source>The words of this post are not what was saved: the disk was damaged. The last good version is kept. Restore it, or write the post again.</source>
        <translation>Les mots de cette publication ne sont plus ceux qui avaient été enregistrés&#xa0;: le disque a été abîmé. La dernière bonne version est gardée. Reprenez-la, ou récrivez la publication.</translation>
    </message>
    <message>
        <source>This file does not belong to cmdesk. It was left untouched. Choose another one.</source>
        <translation>Ce fichier n’est pas à cmdesk. Il n’a pas été touché. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The system’s keyring could not be used. Nothing was sent. Unlock it, then try again.</source>
        <translation>Le trousseau du système n’a pas pu servir. Rien n’a été envoyé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>No safe keyring was found on this computer. Your drafts and messages work. Install or start a keyring to keep accounts linked.</source>
        <translation>Aucun trousseau sûr n’a été trouvé sur cet ordinateur. Vos brouillons et vos messages restent accessibles. Installez ou démarrez un trousseau pour garder les comptes reliés.</translation>
    </message>
    <message>
        <source>The system’s keyring is locked, so the account’s key cannot be read. Nothing was sent. Unlock it, then try again.</source>
        <translation>Le trousseau du système est verrouillé, alors la clé du compte ne peut pas être lue. Rien n’a été envoyé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>The system’s keyring refused to answer. Nothing was sent. Allow cmdesk in the keyring, then try again.</source>
        <translation>Le trousseau du système a refusé de répondre. Rien n’a été envoyé. Autorisez cmdesk dans le trousseau, puis réessayez.</translation>
    </message>
    <message>
        <source>The system’s keyring did not answer in time. Nothing was sent. Look for its window, then try again.</source>
        <translation>Le trousseau du système n’a pas répondu à temps. Rien n’a été envoyé. Cherchez sa fenêtre, puis réessayez.</translation>
    </message>
    <message>
        <source>The key of this account is not on this computer. Nothing was sent. Link the account again in Accounts.</source>
        <translation>La clé de ce compte n’est pas sur cet ordinateur. Rien n’a été envoyé. Reliez le compte de nouveau dans Comptes.</translation>
    </message>
    <message>
        <source>The key of this account is another one than a moment ago. It was not used and nothing was sent. cmdesk asks the network first who it belongs to; try again.</source>
        <translation>La clé de ce compte n’est plus celle de tout à l’heure. Elle n’a pas servi et rien n’a été envoyé. cmdesk demandera d’abord au réseau à qui elle appartient; réessayez.</translation>
    </message>
    <message>
        <source>The key of this account is not whole. It was not used and nothing was sent. Link the account again in Accounts.</source>
        <translation>La clé de ce compte n’est pas entière. Elle n’a pas servi et rien n’a été envoyé. Reliez le compte de nouveau dans Comptes.</translation>
    </message>
    <message>
        <source>The network could not be reached properly. What you wrote is kept. Try again in a moment.</source>
        <translation>La communication avec le réseau a échoué. Ce que vous avez écrit est gardé. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>The login came to nothing. Nothing has changed. Start again when you are ready.</source>
        <translation>La connexion n’a pas abouti. Rien n’a changé. Recommencez quand vous voudrez.</translation>
    </message>
    <message>
        <source>There is no connection right now. Nothing was sent, and what is planned will go out once there is a network.</source>
        <translation>Il n’y a pas de connexion en ce moment. Rien n’a été envoyé, et ce qui est programmé sortira dès qu’il y aura un réseau.</translation>
    </message>
    <message>
        <source>cmdesk does not connect to {host}: the address is private or not allowed. Nothing was sent. Check the server’s address.</source>
        <translation>cmdesk ne se connecte pas à {host}&#xa0;: l’adresse est privée ou n’est pas permise. Rien n’a été envoyé. Vérifiez l’adresse du serveur.</translation>
    </message>
    <message>
        <source>The server could not prove who it is, so the connection was cut. Nothing was sent. Try again later or ask the server’s people.</source>
        <translation>Le serveur n’a pas pu prouver son identité, alors la connexion a été coupée. Rien n’a été envoyé. Réessayez plus tard ou écrivez à l’équipe du serveur.</translation>
    </message>
    <message>
        <source>The server did not answer in time. cmdesk sends nothing a second time by itself. Look at the account, then decide.</source>
        <translation>Le serveur n’a pas répondu à temps. cmdesk n’envoie rien une deuxième fois de lui-même. Regardez le compte, puis décidez.</translation>
    </message>
    <message>
        <source>The server answered something that cannot be understood. cmdesk sends nothing a second time by itself. Look at the account, then decide.</source>
        <translation>Le serveur a répondu quelque chose d’incompréhensible. cmdesk n’envoie rien une deuxième fois de lui-même. Regardez le compte, puis décidez.</translation>
    </message>
    <message>
        <source>The server’s answer was too large and was not read. Nothing here has changed. Try again later.</source>
        <translation>La réponse du serveur était trop grosse et n’a pas été lue. Rien n’a changé ici. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The server wanted to send cmdesk to another address, and it did not follow. Check the server’s address in Accounts.</source>
        <translation>Le serveur voulait envoyer cmdesk à une autre adresse, et il n’a pas suivi. Vérifiez l’adresse du serveur dans Comptes.</translation>
    </message>
    <message>
        <source>The network asks us to slow down. Nothing is lost, and cmdesk goes on by itself once it may.</source>
        <translation>Le réseau demande de ralentir. Rien n’est perdu, et cmdesk reprendra de lui-même dès qu’il le pourra.</translation>
    </message>
    <message>
        <source>The access to this account has run out. Nothing was sent. Link the account again in Accounts.</source>
        <translation>L’accès à ce compte a expiré. Rien n’a été envoyé. Reliez le compte de nouveau dans Comptes.</translation>
    </message>
    <message>
        <source>The network no longer accepts the key of this account. Nothing was sent. Link the account again in Accounts.</source>
        <translation>Le réseau n’accepte plus la clé de ce compte. Rien n’a été envoyé. Reliez le compte de nouveau dans Comptes.</translation>
    </message>
    <message>
        <source>The access to this account does not cover this action. Nothing was sent. Link the account again and allow everything asked.</source>
        <translation>L’accès à ce compte ne couvre pas cette action. Rien n’a été envoyé. Reliez le compte de nouveau et permettez tout ce qui est demandé.</translation>
    </message>
    <message>
        <source>The network says this is {found}, but {expected} was expected. Nothing was sent and the account is frozen. Link it again as {expected}.</source>
        <translation>Le réseau dit que c’est {found}, mais on attendait {expected}. Rien n’a été envoyé et le compte est gelé. Reliez-le de nouveau comme {expected}.</translation>
    </message>
    <message>
        <source>The network said no (code {status}): {detail}. Nothing went out. Change the post, then try again.</source>
        <translation>Le réseau a dit non (code {status})&#xa0;: {detail}. Rien n’est sorti. Changez la publication, puis réessayez.</translation>
    </message>
    <message>
        <source>This is no longer on the network. What is stored here stays. There is nothing to do.</source>
        <translation>Ce n’est plus sur le réseau. Ce qui est gardé ici y reste. Il n’y a rien à faire.</translation>
    </message>
    <message>
        <source>The network’s own server has trouble. cmdesk sends nothing a second time by itself. Try again later.</source>
        <translation>Le serveur du réseau a des ennuis. cmdesk n’envoie rien une deuxième fois de lui-même. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>Nothing reached the network, for certain. It stays planned and cmdesk tries again.</source>
        <translation>Rien n’est parvenu au réseau, c’est certain. C’est toujours programmé et cmdesk réessaiera.</translation>
    </message>
    <message>
        <source>This cannot be done as asked. Nothing has changed. Check what was entered.</source>
        <translation>Cela ne peut pas se faire ainsi. Rien n’a changé. Vérifiez ce qui a été saisi.</translation>
    </message>
    <message>
        <source>There is no screen here to show a window on. The command line of cmdesk works without one.</source>
        <translation>Il n’y a pas d’écran ici pour afficher une fenêtre. La ligne de commande de cmdesk s’en passe.</translation>
    </message>
    <message>
        <source>This value cannot be used. Nothing has changed. Check it and try again.</source>
        <translation>Cette valeur ne convient pas. Rien n’a changé. Vérifiez-la et réessayez.</translation>
    </message>
    <message>
        <source>Another client is called “{name}” already. Nothing has changed. Choose another name.</source>
        <translation>Un autre client s’appelle déjà «&#xa0;{name}&#xa0;». Rien n’a changé. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>This is not here any more: it may have been removed meanwhile. Nothing else has changed.</source>
        <translation>Ce n’est plus ici&#xa0;: on l’a peut-être retiré entre-temps. Rien d’autre n’a changé.</translation>
    </message>
    <message>
        <source>More than one is called “{name}”. Nothing has changed. Say which one you mean.</source>
        <translation>Plus d’un s’appelle «&#xa0;{name}&#xa0;». Rien n’a changé. Dites lequel.</translation>
    </message>
    <message>
        <source>This moved on in the meantime, so it cannot be done any more. Nothing has changed. Look at where it stands now.</source>
        <translation>Les choses ont avancé entre-temps, alors ce n’est plus possible. Rien n’a changé. Regardez où cela en est.</translation>
    </message>
    <message>
        <source>This belongs to another client, so cmdesk did not do it. Nothing has changed. Open the right client first.</source>
        <translation>Ceci est à un autre client, alors cmdesk ne l’a pas fait. Rien n’a changé. Ouvrez d’abord le bon client.</translation>
    </message>
    <message>
        <source>This post was changed somewhere else. Both versions are kept. Choose which one goes on.</source>
        <translation>Cette publication a été modifiée ailleurs. Les deux versions sont gardées. Choisissez celle qui continue.</translation>
    </message>
    <message>
        <source>This post cannot go out yet. Nothing was planned. Mend what is listed, then try again.</source>
        <translation>Cette publication ne peut pas encore sortir. Rien n’a été programmé. Corrigez ce qui est signalé, puis réessayez.</translation>
    </message>
    <message>
        <source>The server’s page says no: access was not given. Nothing has changed. Start again to allow it.</source>
        <extracomment>By (code, reason), where one code has reasons that ask for different steps.</extracomment>
        <translation>La page du serveur dit non&#xa0;: l’accès n’a pas été donné. Rien n’a changé. Recommencez pour l’autoriser.</translation>
    </message>
    <message>
        <source>Nobody answered in the browser in time. Nothing has changed. Start again when you are ready.</source>
        <translation>Personne n’a répondu à temps dans le navigateur. Rien n’a changé. Recommencez quand vous voudrez.</translation>
    </message>
    <message>
        <source>The login was stopped. Nothing has changed. Start again when you are ready.</source>
        <translation>La connexion a été arrêtée. Rien n’a changé. Recommencez quand vous voudrez.</translation>
    </message>
    <message>
        <source>Another server answered than the one asked, so the login was stopped. Nothing has changed. Check the server’s address.</source>
        <translation>Un autre serveur que celui demandé a répondu, alors la connexion a été arrêtée. Rien n’a changé. Vérifiez l’adresse du serveur.</translation>
    </message>
    <message>
        <source>This archive is not whole, or somebody altered it. Nothing was brought in. Ask for a new copy.</source>
        <translation>Cette archive n’est pas entière, ou quelqu’un l’a modifiée. Rien n’a été importé. Demandez-en une nouvelle copie.</translation>
    </message>
    <message>
        <source>These are too many at once. Do it in smaller groups; nothing was changed.</source>
        <extracomment>What is wrong with a value, by (field, reason) of BadInput; (&quot;&quot;, reason) holds for every field.</extracomment>
        <translation>C’est trop à la fois. Procédez par petits groupes; rien n’a été changé.</translation>
    </message>
    <message>
        <source>“{given}” is no e-mail address. It looks like name@example.org.</source>
        <translation>« {given} » n’est pas une adresse courriel. Elle ressemble à nom@exemple.org.</translation>
    </message>
    <message>
        <source>There is a file called {given} already. Nothing was written. Choose another name.</source>
        <translation>Un fichier nommé {given} existe déjà. Rien n’a été écrit. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>“{given}” is no label: one line, without commas or quotation marks.</source>
        <translation>« {given} » n’est pas une étiquette : une ligne, sans virgule ni guillemets.</translation>
    </message>
    <message>
        <source>These are too many files at once. Nothing was added. Take fewer.</source>
        <translation>C’est trop de fichiers à la fois. Rien n’a été ajouté. Prenez-en moins.</translation>
    </message>
    <message>
        <source>Say a mood: that it is uncertain teaches nothing. Nothing was changed.</source>
        <translation>Dites une humeur : qu’elle soit incertaine n’apprend rien. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>This picture cannot be read. Nothing was kept. Take it again.</source>
        <translation>Cette image est illisible. Rien n’a été conservé. Reprenez-la.</translation>
    </message>
    <message>
        <source>The rule “{given}” of the policy needs at least one measure.</source>
        <translation>La règle « {given} » de la politique a besoin d’au moins une mesure.</translation>
    </message>
    <message>
        <source>Two rules of the policy are called “{given}”. Give one another name.</source>
        <translation>Deux règles de la politique s’appellent « {given} ». Renommez-en une.</translation>
    </message>
    <message>
        <source>One of the words is empty, or only a star. Write it out.</source>
        <translation>L’un des mots est vide, ou n’est qu’une étoile. Écrivez-le en entier.</translation>
    </message>
    <message>
        <source>The rule does nothing yet. Say what is done when it holds.</source>
        <translation>La règle ne fait encore rien. Dites ce qui est fait quand elle s’applique.</translation>
    </message>
    <message>
        <source>The rule would hold for every message. Say at least one condition.</source>
        <translation>La règle viserait tous les messages. Dites au moins une condition.</translation>
    </message>
    <message>
        <source>“{given}” does not fit what the rule is to do. Choose another value.</source>
        <translation>« {given} » ne convient pas à ce que la règle doit faire. Choisissez une autre valeur.</translation>
    </message>
    <message>
        <source>“{given}” is too much or too little for the rule. Choose another value.</source>
        <translation>« {given} » est trop ou trop peu pour la règle. Choisissez une autre valeur.</translation>
    </message>
    <message>
        <source>A rule does at most six things. Make two rules of it.</source>
        <translation>Une règle fait au plus six choses. Faites-en deux règles.</translation>
    </message>
    <message>
        <source>This is no address of a writing server. It looks like http://127.0.0.1:11434/v1.</source>
        <translation>Ce n’est pas l’adresse d’un serveur d’écriture. Elle ressemble à http://127.0.0.1:11434/v1.</translation>
    </message>
    <message>
        <source>A server elsewhere is asked over https only, or others could read along. Begin the address with https://.</source>
        <translation>À un serveur d’ailleurs, on ne demande rien qu’en https, sinon d’autres pourraient lire. Commencez l’adresse par https://.</translation>
    </message>
    <message>
        <source>Name the model that the server should use.</source>
        <translation>Nommez le modèle que le serveur doit utiliser.</translation>
    </message>
    <message>
        <source>No writing server is switched on. Choose one in the preferences, if you want proposals.</source>
        <translation>Aucun serveur d’écriture n’est activé. Choisissez-en un dans les préférences si vous voulez des propositions.</translation>
    </message>
    <message>
        <source>This is marked as sensitive, so it is not sent to the writing server.</source>
        <translation>Ce texte est marqué comme sensible&#xa0;: il n’est pas envoyé au serveur d’écriture.</translation>
    </message>
    <message>
        <source>This text is too long to be read at once. Shorten it, or try a part of it.</source>
        <translation>Ce texte est trop long pour être lu d’un coup. Raccourcissez-le, ou essayez-en une partie.</translation>
    </message>
    <message>
        <source>There are too many words on this list. Take some away, then add this one.</source>
        <translation>Il y a trop de mots dans cette liste. Retirez-en quelques-uns, puis ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>Who may see a live post cannot be changed. Nothing was sent.</source>
        <translation>On ne peut pas changer qui voit une publication en ligne. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The poll of a live post cannot be changed. Nothing was sent.</source>
        <translation>Le sondage d’une publication en ligne ne se change pas. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The pictures of a live post cannot be changed. Nothing was sent.</source>
        <translation>Les images d’une publication en ligne ne se changent pas. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>A live thread keeps its number of parts. Nothing was sent.</source>
        <translation>Un fil en ligne garde son nombre de parties. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The post is no longer meant for this account. Nothing was sent.</source>
        <translation>La publication n’est plus destinée à ce compte. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>This is empty. Write something first.</source>
        <translation>C’est vide. Écrivez d’abord quelque chose.</translation>
    </message>
    <message>
        <source>“{given}” is not known here. Choose one from the list.</source>
        <translation>«&#xa0;{given}&#xa0;» n’est pas connu ici. Choisissez dans la liste.</translation>
    </message>
    <message>
        <source>This is too long: {limit} characters at most.</source>
        <translation>C’est trop long&#xa0;: {limit} caractères au plus.</translation>
    </message>
    <message>
        <source>A client needs a name. Write one.</source>
        <translation>Un client a besoin d’un nom. Écrivez-en un.</translation>
    </message>
    <message>
        <source>This name is too long: {limit} characters at most.</source>
        <translation>Ce nom est trop long&#xa0;: {limit} caractères au plus.</translation>
    </message>
    <message>
        <source>This name has characters that cannot be seen. Type it instead of pasting it.</source>
        <translation>Ce nom contient des caractères invisibles. Tapez-le au lieu de le coller.</translation>
    </message>
    <message>
        <source>A name needs at least one letter or digit.</source>
        <translation>Un nom a besoin d’au moins une lettre ou un chiffre.</translation>
    </message>
    <message>
        <source>There is no time zone “{given}”. Choose one from the list.</source>
        <translation>Il n’y a pas de fuseau «&#xa0;{given}&#xa0;». Choisissez dans la liste.</translation>
    </message>
    <message>
        <source>There is no colour “{given}”. Choose one of the twelve.</source>
        <translation>Il n’y a pas de couleur «&#xa0;{given}&#xa0;». Choisissez parmi les douze.</translation>
    </message>
    <message>
        <source>“{given}” is not one of the languages. Choose one from the list.</source>
        <translation>«&#xa0;{given}&#xa0;» n’est pas une des langues. Choisissez dans la liste.</translation>
    </message>
    <message>
        <source>This time has passed. Nothing was planned. Choose a later one.</source>
        <translation>Ce moment est passé. Rien n’a été programmé. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This does not read as a date and a time. Write it like “tomorrow 9:00”.</source>
        <translation>Ce n’est pas une date et une heure. Écrivez par exemple «&#xa0;demain 9&#xa0;h&#xa0;».</translation>
    </message>
    <message>
        <source>There is no such date. Check the day and the month.</source>
        <translation>Cette date n’existe pas. Vérifiez le jour et le mois.</translation>
    </message>
    <message>
        <source>Write the time without a zone: it is the client’s own.</source>
        <translation>Écrivez l’heure sans fuseau&#xa0;: c’est celui du client.</translation>
    </message>
    <message>
        <source>This date is too far away. Choose a nearer one.</source>
        <translation>Cette date est trop lointaine. Choisissez-en une plus proche.</translation>
    </message>
    <message>
        <source>“{given}” is not a reference of cmdesk. Copy it again whole.</source>
        <translation>«&#xa0;{given}&#xa0;» n’est pas une référence de cmdesk. Recopiez-la en entier.</translation>
    </message>
    <message>
        <source>“{given}” refers to another kind of thing. Copy the right reference.</source>
        <translation>«&#xa0;{given}&#xa0;» désigne autre chose. Copiez la bonne référence.</translation>
    </message>
    <message>
        <source>Write the server’s address, such as mastodon.quebec.</source>
        <translation>Écrivez l’adresse du serveur, par exemple mastodon.quebec.</translation>
    </message>
    <message>
        <source>“{given}” does not read as a server’s address. Write only its name.</source>
        <translation>«&#xa0;{given}&#xa0;» n’est pas une adresse de serveur. Écrivez seulement son nom.</translation>
    </message>
    <message>
        <source>cmdesk only speaks to servers over https. Write the address without http.</source>
        <translation>cmdesk ne parle aux serveurs qu’en https. Écrivez l’adresse sans http.</translation>
    </message>
    <message>
        <source>This is a private or numeric address. Write the server’s name, or allow private addresses for it.</source>
        <translation>C’est une adresse privée ou en chiffres. Écrivez le nom du serveur, ou permettez-lui les adresses privées.</translation>
    </message>
    <message>
        <source>This network has no server to choose here. Leave the field empty.</source>
        <translation>Ce réseau n’offre pas de serveur à choisir ici. Laissez le champ vide.</translation>
    </message>
    <message>
        <source>This link leads to no page, so the post goes without a card for it.</source>
        <translation>Ce lien ne mène à aucune page; la publication part donc sans carte pour lui.</translation>
    </message>
    <message>
        <source>The system’s file cannot hold this name: {given}. Move the folder to one without such characters.</source>
        <translation>Le fichier du système ne peut pas contenir ce nom&#xa0;: {given}. Déplacez le dossier vers un chemin sans ces caractères.</translation>
    </message>
    <message>
        <source>Write your handle, such as rosa.bsky.social.</source>
        <translation>Écrivez votre adresse, par exemple rosa.bsky.social.</translation>
    </message>
    <message>
        <source>“{given}” does not read as a handle. It looks like rosa.bsky.social.</source>
        <translation>« {given} » ne ressemble pas à une adresse Bluesky. Elle ressemble à rosa.bsky.social.</translation>
    </message>
    <message>
        <source>Nobody is called “{given}” on Bluesky. Check the handle.</source>
        <translation>Personne ne s’appelle « {given} » sur Bluesky. Vérifiez l’adresse.</translation>
    </message>
    <message>
        <source>The account behind “{given}” does not use this handle. Ask whoever looks after the account.</source>
        <translation>Le compte derrière « {given} » n’utilise pas cette adresse. Demandez à la personne qui s’en occupe.</translation>
    </message>
    <message>
        <source>Paste the app password from Bluesky’s settings.</source>
        <translation>Collez le mot de passe d’application créé dans les paramètres de Bluesky.</translation>
    </message>
    <message>
        <source>This does not read as an app password. Copy it again whole.</source>
        <translation>Cela ne ressemble pas à un mot de passe d’application. Copiez-le de nouveau en entier.</translation>
    </message>
    <message>
        <source>Bluesky does not accept this handle with this app password. Check both, or make a new app password.</source>
        <translation>Bluesky n’accepte pas cette adresse avec ce mot de passe d’application. Vérifiez les deux, ou créez un nouveau mot de passe d’application.</translation>
    </message>
    <message>
        <source>This is the account’s own password, and the account asks for a code by e-mail. Make an app password and use that one.</source>
        <translation>C’est le mot de passe du compte lui-même, et le compte exige un code par courriel. Créez un mot de passe d’application et utilisez celui-là.</translation>
    </message>
    <message>
        <source>“{name}” is on this desk already. Nothing was brought in twice.</source>
        <translation>«&#xa0;{name}&#xa0;» est déjà ici. Rien n’a été importé deux fois.</translation>
    </message>
    <message>
        <source>This is not the client’s name. Nothing was erased. Type the name exactly.</source>
        <translation>Ce n’est pas le nom du client. Rien n’a été effacé. Tapez le nom exactement.</translation>
    </message>
    <message>
        <source>There is a file with this name already. It was left untouched. Choose another name.</source>
        <translation>Il y a déjà un fichier de ce nom. Il n’a pas été touché. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>This does not read as a key. Copy the whole key again.</source>
        <translation>Ce n’est pas une clé. Recopiez la clé en entier.</translation>
    </message>
    <message>
        <source>This time has passed. Choose a later one.</source>
        <translation>Ce moment est passé. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Choose until when.</source>
        <translation>Choisissez une échéance.</translation>
    </message>
    <message>
        <source>Only a snoozed message has a time. Nothing has changed.</source>
        <translation>Seul un message reporté a une heure. Rien n’a changé.</translation>
    </message>
    <message>
        <source>No small picture can be made of this file. The file itself is kept.</source>
        <translation>On ne peut pas faire de vignette de ce fichier. Le fichier lui-même est gardé.</translation>
    </message>
    <message>
        <source>This file cannot be read. Check its rights, or choose another one.</source>
        <translation>Ce fichier ne peut pas être lu. Vérifiez ses droits, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This does not read as a code. Copy the whole code the page shows.</source>
        <translation>Ce n’est pas un code. Copiez en entier celui que la page affiche.</translation>
    </message>
    <message>
        <source>The server does not take this code. Ask for a new one and paste it at once.</source>
        <translation>Le serveur n’accepte pas ce code. Demandez-en un nouveau et collez-le tout de suite.</translation>
    </message>
    <message>
        <source>Write quiet hours like “22:00-07:00”.</source>
        <translation>Écrivez les heures calmes ainsi&#xa0;: «&#xa0;22:00-07:00&#xa0;».</translation>
    </message>
    <message>
        <source>Quiet hours that begin and end at the same time are none.</source>
        <translation>Des heures calmes qui commencent et finissent au même moment n’en sont pas.</translation>
    </message>
    <message>
        <source>The note is too long. {limit} characters fit.</source>
        <translation>La note est trop longue. Elle peut avoir {limit} caractères.</translation>
    </message>
    <message>
        <source>The note holds characters that cannot be shown.</source>
        <translation>La note contient des caractères qui ne peuvent pas être affichés.</translation>
    </message>
    <message>
        <source>This does not read as a rule for repeating. Choose one from the list.</source>
        <translation>On ne peut pas lire cela comme une règle de répétition. Choisissez-en une dans la liste.</translation>
    </message>
    <message>
        <source>A post repeats by days, weeks, months or years. Choose one of them.</source>
        <translation>Une publication se répète par jours, semaines, mois ou années. Choisissez.</translation>
    </message>
    <message>
        <source>Choose either a last day or a number of times, not both.</source>
        <translation>Choisissez un dernier jour ou un nombre de fois, pas les deux.</translation>
    </message>
    <message>
        <source>More than one account is called “{given}”. Write its whole handle.</source>
        <translation>Plus d’un compte s’appelle «&#xa0;{given}&#xa0;». Écrivez son identifiant en entier.</translation>
    </message>
    <message>
        <source>There are characters here that cannot be shown. Write it again.</source>
        <translation>Il y a ici des caractères qui ne s’affichent pas. Réécrivez-le.</translation>
    </message>
    <message>
        <source>Write the address of the calendar, the user name and the password.</source>
        <translation>Écrivez l’adresse du calendrier, le nom d’utilisateur et le mot de passe.</translation>
    </message>
    <message>
        <source>The day is missing.</source>
        <translation>Le jour manque.</translation>
    </message>
    <message>
        <source>“{given}” does not read as a day.</source>
        <translation>«&#xa0;{given}&#xa0;» ne se lit pas comme un jour.</translation>
    </message>
    <message>
        <source>This day is too far away.</source>
        <translation>Ce jour est trop loin.</translation>
    </message>
    <message>
        <source>The last day lies before the first. Choose a later one.</source>
        <translation>Le dernier jour est avant le premier. Choisissez-en un plus tard.</translation>
    </message>
    <message>
        <source>These are too many days at once. Choose fewer.</source>
        <translation>C’est trop de jours à la fois. Choisissez-en moins.</translation>
    </message>
    <message>
        <source>“{given}” does not read as a day off. Write it like 2026-12-24 or 2026-12-24..2027-01-04.</source>
        <translation>«&#xa0;{given}&#xa0;» ne se lit pas comme un congé. Écrivez-le comme 2026-12-24 ou 2026-12-24..2027-01-04.</translation>
    </message>
    <message>
        <source>The last day off lies before the first, or too far after it.</source>
        <translation>Le dernier jour de congé est avant le premier, ou trop loin après.</translation>
    </message>
    <message>
        <source>Choose a number of minutes between 0 and a day.</source>
        <translation>Choisissez un nombre de minutes entre 0 et une journée.</translation>
    </message>
    <message>
        <source>{number} lines of this file are wrong, so nothing was brought in. Mend them and try again.</source>
        <translation>{number} lignes de ce fichier sont fautives; rien n’a donc été importé. Corrigez-les et réessayez.</translation>
    </message>
    <message>
        <source>A line of this file is longer than any calendar’s. Nothing was brought in.</source>
        <translation>Une ligne de ce fichier est plus longue que celles d’un calendrier. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>This table has no headings. Add a first row that names its columns.</source>
        <translation>Ce tableau n’a pas de titres. Ajoutez une première ligne qui nomme ses colonnes.</translation>
    </message>
    <message>
        <source>This file is no calendar. Choose one that ends in .ics.</source>
        <translation>Ce fichier n’est pas un calendrier. Choisissez-en un qui finit par .ics.</translation>
    </message>
    <message>
        <source>This file is no table that can be read. Save it as CSV.</source>
        <translation>Ce fichier n’est pas un tableau lisible. Enregistrez-le en CSV.</translation>
    </message>
    <message>
        <source>This file is not there, or may not be read.</source>
        <translation>Ce fichier n’est pas là, ou ne peut pas être lu.</translation>
    </message>
    <message>
        <source>The name of a kept calendar ends in .ics. Choose another name.</source>
        <translation>Le nom d’un calendrier tenu à jour finit par .ics. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>This file holds no text that can be read.</source>
        <translation>Ce fichier ne contient pas de texte lisible.</translation>
    </message>
    <message>
        <source>This file is built too deeply to be a calendar. Nothing was brought in.</source>
        <translation>Ce fichier est trop imbriqué pour être un calendrier. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>This file is too large for a calendar. Nothing was brought in.</source>
        <translation>Ce fichier est trop gros pour un calendrier. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>This file holds more than {limit} entries. Divide it, and bring in one part after the other.</source>
        <translation>Ce fichier contient plus de {limit} entrées. Divisez-le, et importez une partie après l’autre.</translation>
    </message>
    <message>
        <source>With these hours nobody would ever be there. Write at least one day.</source>
        <translation>Avec ces heures, personne ne serait jamais là. Écrivez au moins un jour.</translation>
    </message>
    <message>
        <source>“{given}” does not read as days of the week. Write mon-fri or lun-ven.</source>
        <translation>«&#xa0;{given}&#xa0;» ne se lit pas comme des jours de la semaine. Écrivez lun-ven ou mon-fri.</translation>
    </message>
    <message>
        <source>Write hours like “mon-fri 9:00-17:00; sat 10:00-14:00”.</source>
        <translation>Écrivez les heures comme «&#xa0;lun-ven 9:00-17:00; sam 10:00-14:00&#xa0;».</translation>
    </message>
    <message>
        <source>No column holds the text. Say which one does.</source>
        <translation>Aucune colonne ne contient le texte. Dites laquelle.</translation>
    </message>
    <message>
        <source>Choose a time of at most four weeks of opening hours.</source>
        <translation>Choisissez un délai d’au plus quatre semaines d’ouverture.</translation>
    </message>
    <message>
        <source>This rule never comes to a day. Choose another one.</source>
        <translation>Cette règle ne tombe jamais sur un jour. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>“{given}” does not read as a date of every year. Write it like 06-24.</source>
        <translation>«&#xa0;{given}&#xa0;» ne se lit pas comme une date de chaque année. Écrivez-la comme 06-24.</translation>
    </message>
    <message>
        <source>Choose a share between 0 and 100 percent.</source>
        <translation>Choisissez une part entre 0 et 100&#xa0;%.</translation>
    </message>
    <message>
        <source>Write slots like “mon-fri 9:00, 12:30; sat 10:00”.</source>
        <translation>Écrivez les créneaux comme «&#xa0;lun-ven 9:00, 12:30; sam 10:00&#xa0;».</translation>
    </message>
    <message>
        <source>An account has no more than {limit} slots in a week.</source>
        <translation>Un compte n’a pas plus de {limit} créneaux par semaine.</translation>
    </message>
    <message>
        <source>This entry is in the file twice.</source>
        <translation>Cette entrée est deux fois dans le fichier.</translation>
    </message>
    <message>
        <source>This file is not one of this client’s. Add it again.</source>
        <translation>Ce fichier n’est pas à ce client. Ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>This file lies outside the client’s folder, so it was not used. Add it again.</source>
        <translation>Ce fichier est hors du dossier du client, alors il n’a pas servi. Ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The practice network is not open here. Start it first.</source>
        <translation>Le réseau d’exercice n’est pas ouvert ici. Démarrez-le d’abord.</translation>
    </message>
    <message>
        <source>This post is not here any more. Nothing else has changed.</source>
        <translation>Cette publication n’est plus ici. Rien d’autre n’a changé.</translation>
    </message>
    <message>
        <source>This does not read as a link. Copy it from the browser’s address bar.</source>
        <translation>Ce n’est pas un lien. Copiez-le de la barre d’adresse du navigateur.</translation>
    </message>
    <message>
        <source>This file is no picture or video that cmdesk knows. Choose another one.</source>
        <translation>Ce fichier n’est ni une image ni une vidéo que cmdesk connaît. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This file is not there any more. Choose another one.</source>
        <translation>Ce fichier n’est plus là. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This is a folder, not a file. Choose a picture or a video.</source>
        <translation>C’est un dossier, pas un fichier. Choisissez une image ou une vidéo.</translation>
    </message>
    <message>
        <source>This picture has too many pixels. Make it smaller and add it again.</source>
        <translation>Cette image a trop de pixels. Réduisez-la et ajoutez-la de nouveau.</translation>
    </message>
    <message>
        <source>Reading this file took too long, so it was left out. Try again, or use another one.</source>
        <translation>La lecture de ce fichier était trop longue, alors il a été laissé de côté. Réessayez, ou prenez-en un autre.</translation>
    </message>
    <message>
        <source>No account is chosen. Choose at least one.</source>
        <translation>Aucun compte n’est choisi. Choisissez-en au moins un.</translation>
    </message>
    <message>
        <source>The answer would be seen by more people than the message was. Nothing was sent. Choose a narrower visibility.</source>
        <translation>La réponse serait vue par plus de gens que le message. Rien n’a été envoyé. Choisissez une visibilité plus étroite.</translation>
    </message>
    <message>
        <source>This file is empty. Choose another one.</source>
        <translation>Ce fichier est vide. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This file is too large. Choose a smaller one.</source>
        <translation>Ce fichier est trop gros. Choisissez-en un plus petit.</translation>
    </message>
    <message>
        <source>This file cannot be read. Check that it opens elsewhere, or choose another one.</source>
        <translation>Ce fichier ne peut pas être lu. Vérifiez qu’il s’ouvre ailleurs, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The keyring holds too many entries for this account. Unlink it, then link it again.</source>
        <translation>Le trousseau contient trop d’entrées pour ce compte. Déliez-le, puis reliez-le de nouveau.</translation>
    </message>
    <message>
        <source>There are characters in it that cannot be used here. Type it with plain letters and digits.</source>
        <translation>Il contient des caractères inutilisables ici. Tapez-le avec de simples lettres et chiffres.</translation>
    </message>
    <message>
        <source>This is no file that can be read. Choose the archive itself.</source>
        <translation>Ce n’est pas un fichier lisible. Choisissez l’archive elle-même.</translation>
    </message>
    <message>
        <source>This file is no archive of cmdesk, or not all of it is there. Copy it again, or choose another one.</source>
        <translation>Ce fichier n’est pas une archive de cmdesk, ou il en manque une partie. Copiez-le de nouveau, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>A later version of cmdesk made this archive. Nothing was brought in. Update cmdesk to open it.</source>
        <translation>Une version plus récente de cmdesk a fait cette archive. Rien n’a été importé. Mettez cmdesk à jour pour l’ouvrir.</translation>
    </message>
    <message>
        <source>This archive is larger than any client can be. Nothing was brought in. Choose another one.</source>
        <translation>Cette archive est plus grosse que ne peut l’être un client. Rien n’a été importé. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>This archive is locked with a password. Nothing was brought in. Unlock it first, or choose another one.</source>
        <translation>Cette archive est protégée par un mot de passe. Rien n’a été importé. Déverrouillez-la d’abord, ou choisissez-en une autre.</translation>
    </message>
    <message>
        <source>There is nothing to publish yet. Write something, or add a picture.</source>
        <translation>Il n’y a encore rien à publier. Écrivez quelque chose, ou ajoutez une image.</translation>
    </message>
    <message>
        <source>The message it answers is gone from the network. Send it all the same, or drop it.</source>
        <translation>Le message auquel elle répond n’est plus sur le réseau. Envoyez-la quand même ou abandonnez-la.</translation>
    </message>
    <message>
        <source>The message it answers was edited after you wrote. Read it again, then send, change or drop your answer.</source>
        <translation>Le message a été modifié après que vous avez écrit. Relisez-le, puis envoyez, changez ou abandonnez votre réponse.</translation>
    </message>
    <message>
        <source>Somebody has answered in this account’s name since you wrote. Look at the conversation before you send.</source>
        <translation>Quelqu’un a répondu au nom de ce compte depuis que vous avez écrit. Regardez la conversation avant d’envoyer.</translation>
    </message>
    <message>
        <source>The network takes answers for {hours} hours only, and they are over. Nothing went out.</source>
        <translation>Le réseau n’accepte les réponses que pendant {hours} heures, et elles sont écoulées. Rien n’est parti.</translation>
    </message>
    <message>
        <source>The person you answer now goes by @{handle}, so your answer may not reach them. Look at it before you send.</source>
        <translation>La personne à qui vous répondez s’appelle maintenant @{handle} : votre réponse pourrait ne pas lui parvenir. Vérifiez-la avant d’envoyer.</translation>
    </message>
    <message>
        <source>{over} characters too long: {count} of {limit}. Shorten it, or split it with a line of three dashes.</source>
        <translation>{over} caractères de trop&#xa0;: {count} sur {limit}. Raccourcissez, ou coupez avec une ligne de trois traits d’union.</translation>
    </message>
    <message>
        <source>{over} bytes too many: {count} of {limit}. Emoji and accents need several each. Shorten it.</source>
        <translation>{over} octets de trop : {count} sur {limit}. Les émojis et les accents en prennent plusieurs chacun. Raccourcissez le texte.</translation>
    </message>
    <message>
        <source>{words} is an account of {client}, another client.</source>
        <translation>{words} est un compte de {client}, un autre client.</translation>
    </message>
    <message>
        <source>Links to {words} are those of {client}, another client.</source>
        <translation>Les liens vers {words} sont ceux de {client}, un autre client.</translation>
    </message>
    <message>
        <source>{words} is a hashtag of {client}, another client.</source>
        <translation>{words} est un mot-clic de {client}, un autre client.</translation>
    </message>
    <message>
        <source>“{words}” belongs to {client}, another client.</source>
        <translation>«&#xa0;{words}&#xa0;» appartient à {client}, un autre client.</translation>
    </message>
    <message>
        <source>One of these files is in the folder of {client}, another client, too.</source>
        <translation>Un de ces fichiers est aussi dans le dossier de {client}, un autre client.</translation>
    </message>
    <message>
        <source>The clocks jump forward over this hour that day. It goes out when they have.</source>
        <translation>Ce jour-là, les horloges sautent par-dessus cette heure. La publication sort juste après.</translation>
    </message>
    <message>
        <source>The clocks go back that day, so this hour comes twice. The first one is meant.</source>
        <translation>Ce jour-là, les horloges reculent et cette heure vient deux fois. C’est la première qui compte.</translation>
    </message>
    <message>
        <source>This lies in the client’s quiet hours.</source>
        <translation>C’est dans les heures calmes du client.</translation>
    </message>
    <message>
        <source>Another post of this account goes out at this very time.</source>
        <translation>Une autre publication de ce compte sort exactement à cette heure.</translation>
    </message>
    <message>
        <source>Another post of this account goes out {minutes} minutes away.</source>
        <translation>Une autre publication de ce compte sort à {minutes} minutes de là.</translation>
    </message>
    <message>
        <source>This account says the same words in another post of these weeks.</source>
        <translation>Ce compte dit les mêmes mots dans une autre publication de ces semaines-ci.</translation>
    </message>
    <message>
        <source>This network puts no words before a post. Write the warning into the text, or remove it for this account.</source>
        <translation>Ce réseau ne place pas de mots devant une publication. Écrivez l’avertissement dans le texte, ou retirez-le pour ce compte.</translation>
    </message>
    <message>
        <source>This network shows no post inside another. Put the link into the text, or leave this account out.</source>
        <translation>Ce réseau ne montre pas de publication dans une autre. Mettez le lien dans le texte, ou laissez ce compte de côté.</translation>
    </message>
    <message>
        <source>The post to quote needs its whole address, such as https://…</source>
        <translation>La publication à citer demande son adresse complète, comme https://…</translation>
    </message>
    <message>
        <source>The post to quote cannot be found on the network: {address}. Nothing went out. Look at its address.</source>
        <translation>La publication à citer est introuvable sur le réseau&#xa0;: {address}. Rien n’est parti. Vérifiez son adresse.</translation>
    </message>
    <message>
        <source>On this network everybody may answer and quote, whatever is chosen here.</source>
        <translation>Sur ce réseau, tout le monde peut répondre et citer, quoi que vous choisissiez ici.</translation>
    </message>
    <message>
        <source>Who may answer is chosen by whoever began the conversation, so here it changes nothing.</source>
        <translation>C’est la personne qui a commencé la conversation qui choisit qui peut répondre&#xa0;: ici, cela ne change rien.</translation>
    </message>
    <message>
        <source>This network knows no content labels. What they warn of is marked as sensitive there.</source>
        <translation>Ce réseau ne connaît pas les étiquettes de contenu. Ce qu’elles signalent y est marqué comme sensible.</translation>
    </message>
    <message>
        <source>{count} labels are too many: {limit} fit. Remove some.</source>
        <translation>{count} étiquettes, c’est trop&#xa0;: le maximum est {limit}. Retirez-en.</translation>
    </message>
    <message>
        <source>“{label}” is no label: letters, digits and hyphens only. Write it otherwise.</source>
        <translation>«&#xa0;{label}&#xa0;» n’est pas une étiquette&#xa0;: seulement des lettres, des chiffres et des traits d’union. Écrivez-la autrement.</translation>
    </message>
    <message>
        <source>{count} languages are too many: a post speaks {limit} at most. Remove some.</source>
        <translation>{count} langues, c’est trop&#xa0;: une publication en parle {limit} au plus. Retirez-en.</translation>
    </message>
    <message>
        <source>This network takes no post without a picture or a video. Add one.</source>
        <translation>Ce réseau ne prend pas de publication sans image ni vidéo. Ajoutez-en une.</translation>
    </message>
    <message>
        <source>{count} files are too many: {limit} fit into one post. Remove some, or move them to another part.</source>
        <translation>{count} fichiers, c’est trop&#xa0;: une publication en prend {limit}. Retirez-en, ou mettez-les dans une autre partie.</translation>
    </message>
    <message>
        <source>A video or a sound must stand alone. Remove the other files, or move them to another part.</source>
        <translation>Une vidéo ou un son doit être seul. Retirez les autres fichiers, ou mettez-les dans une autre partie.</translation>
    </message>
    <message>
        <source>The server does not take “{name}” ({mime}). Save it as JPEG, PNG or MP4 and add it again.</source>
        <translation>Le serveur ne prend pas «&#xa0;{name}&#xa0;» ({mime}). Enregistrez-le en JPEG, PNG ou MP4 et ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” is too large: {size}, and {limit} is the most. Make it smaller and add it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est trop gros&#xa0;: {size}, et le maximum est de {limit}. Réduisez-le et ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” has too many pixels for this server. Make it smaller and add it again.</source>
        <translation>«&#xa0;{name}&#xa0;» a trop de pixels pour ce serveur. Réduisez-le et ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The file of “{name}” is no longer in the client’s folder. Remove it here and add it again.</source>
        <translation>Le fichier «&#xa0;{name}&#xa0;» n’est plus dans le dossier du client. Retirez-le ici et ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The file of “{name}” is not the one that was approved. Nothing went out. Remove it and add it again.</source>
        <translation>Le fichier «&#xa0;{name}&#xa0;» n’est pas celui qui avait été approuvé. Rien n’est sorti. Retirez-le et ajoutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The network did not take “{name}”: {detail}. Nothing went out. Use another file.</source>
        <translation>Le réseau n’a pas pris «&#xa0;{name}&#xa0;»&#xa0;: {detail}. Rien n’est sorti. Prenez un autre fichier.</translation>
    </message>
    <message>
        <source>The network could not work on the file: {detail}. Nothing went out. Try again, or use another file.</source>
        <translation>Le réseau n’a pas pu traiter le fichier&#xa0;: {detail}. Rien n’est sorti. Réessayez, ou prenez un autre fichier.</translation>
    </message>
    <message>
        <source>“{name}” has no alt text. Describe it for people who do not see it.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas de texte de remplacement. Décrivez l’image pour qui ne la voit pas.</translation>
    </message>
    <message>
        <source>The alt text of “{name}” is too short for this server: {count} of {limit} characters. Say more.</source>
        <translation>Le texte de remplacement de «&#xa0;{name}&#xa0;» est trop court pour ce serveur&#xa0;: {count} caractères sur {limit}. Dites-en plus.</translation>
    </message>
    <message>
        <source>The alt text of “{name}” is too long: {count} of {limit} characters. Shorten it.</source>
        <translation>Le texte de remplacement de «&#xa0;{name}&#xa0;» est trop long&#xa0;: {count} caractères sur {limit}. Raccourcissez-le.</translation>
    </message>
    <message>
        <source>A poll and pictures do not go together on this network. Remove one of the two.</source>
        <translation>Sur ce réseau, un sondage et des images ne vont pas ensemble. Retirez l’un des deux.</translation>
    </message>
    <message>
        <source>This server has no polls. Remove the poll, or leave this account out.</source>
        <translation>Ce serveur n’a pas de sondages. Retirez le sondage, ou laissez ce compte de côté.</translation>
    </message>
    <message>
        <source>A poll of {count} choices does not fit, the limit is {limit}. Add or remove some.</source>
        <translation>Un sondage de {count} choix ne convient pas, la limite est de {limit}. Ajoutez ou retirez des choix.</translation>
    </message>
    <message>
        <source>Choice {number} of the poll is empty. Write it, or remove it.</source>
        <translation>Le choix {number} du sondage est vide. Écrivez-le, ou retirez-le.</translation>
    </message>
    <message>
        <source>Choice {number} of the poll is too long: {count} of {limit} characters. Shorten it.</source>
        <translation>Le choix {number} du sondage est trop long&#xa0;: {count} caractères sur {limit}. Raccourcissez-le.</translation>
    </message>
    <message>
        <source>Choice {number} of the poll is there twice. Change one of them.</source>
        <translation>Le choix {number} du sondage y est deux fois. Changez l’un des deux.</translation>
    </message>
    <message>
        <source>The poll cannot be open for {seconds}: between {least} and {most} is possible. Choose another length.</source>
        <translation>Le sondage ne peut pas durer {seconds}&#xa0;: il faut entre {least} et {most}. Choisissez une autre durée.</translation>
    </message>
    <message>
        <source>This server does not know the visibility “{visibility}”. Choose another one.</source>
        <translation>Ce serveur ne connaît pas la visibilité «&#xa0;{visibility}&#xa0;». Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>Nobody is mentioned, so only you would see it. Mention someone, or choose another visibility.</source>
        <translation>Personne n’est mentionné, alors personne d’autre que vous ne la verrait. Mentionnez quelqu’un, ou choisissez une autre visibilité.</translation>
    </message>
    <message>
        <source>There are characters in it that cannot be seen and no server keeps. Type that place again.</source>
        <translation>Il y a des caractères invisibles qu’aucun serveur ne garde. Retapez ce passage.</translation>
    </message>
    <message>
        <source>This client’s rule keeps a post with mistakes back. Look at {words}, or set them aside in the language panel.</source>
        <translation>La règle de ce client retient une publication qui a des fautes. Voyez {words}, ou écartez-les dans le panneau de la langue.</translation>
    </message>
    <message>
        <source>The server’s own limits were never read, so the usual ones are used. They are read once there is a network.</source>
        <translation>Les limites du serveur n’ont jamais été lues, alors les limites habituelles servent. Elles seront lues dès qu’il y aura un réseau.</translation>
    </message>
    <message>
        <source>The network answered (code {status}): {detail}. Change the post, then try again.</source>
        <translation>Le réseau a répondu (code {status})&#xa0;: {detail}. Changez la publication, puis réessayez.</translation>
    </message>
    <message>
        <source>What this answers is no longer on the network. Nothing went out.</source>
        <translation>Ce à quoi ceci répond n’est plus sur le réseau. Rien n’est sorti.</translation>
    </message>
    <message>
        <source>Something needs a look before this goes out (code {code}).</source>
        <extracomment>Said when a code has no sentence of its own: a network may answer what nobody foresaw.</extracomment>
        <translation>Il y a quelque chose à regarder avant la parution (code {code}).</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Programmée</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retenue</translation>
    </message>
    <message>
        <source>Going out</source>
        <translation>En cours d’envoi</translation>
    </message>
    <message>
        <source>In preparation</source>
        <translation>En préparation</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Incertaine</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Retirée</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Partly live</source>
        <translation>En partie en ligne</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Its time passed while cmdesk could not send it. Nothing went out. Decide whether it still makes sense now.</source>
        <translation>Son heure est passée sans que cmdesk puisse l’envoyer. Rien n’est sorti. Décidez si elle a encore du sens.</translation>
    </message>
    <message>
        <source>The account cannot be used as it is. Nothing went out. Link the account again, then publish or choose another time.</source>
        <translation>Le compte ne peut pas servir tel quel. Rien n’est sorti. Reliez-le de nouveau, puis publiez ou choisissez un autre moment.</translation>
    </message>
    <message>
        <source>The post was changed after it was planned. Nothing went out. Read it once more, then plan it again.</source>
        <translation>La publication a changé après avoir été programmée. Rien n’est sorti. Relisez-la, puis programmez-la de nouveau.</translation>
    </message>
    <message>
        <source>Everything this client sends is frozen. Nothing went out. Thaw it when the time is right.</source>
        <translation>Tous les envois de ce client sont gelés. Rien n’est sorti. Dégelez-les quand ce sera le moment.</translation>
    </message>
    <message>
        <source>These data were restored or copied, so it may be live already. Look at the account before you decide.</source>
        <translation>Ces données ont été restaurées ou copiées, alors elle est peut-être déjà en ligne. Regardez le compte avant de décider.</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Publique</translation>
    </message>
    <message>
        <source>Unlisted</source>
        <translation>Non listée</translation>
    </message>
    <message>
        <source>Followers only</source>
        <translation>Abonnés seulement</translation>
    </message>
    <message>
        <source>Mastodon</source>
        <translation>Mastodon</translation>
    </message>
    <message>
        <source>Practice network</source>
        <translation>Réseau d’exercice</translation>
    </message>
    <message>
        <source>The line to this account works. There is nothing to do.</source>
        <translation>La ligne vers ce compte fonctionne. Il n’y a rien à faire.</translation>
    </message>
    <message>
        <source>The last call got no answer. Nothing is lost, and cmdesk tries again by itself.</source>
        <translation>Le dernier appel est resté sans réponse. Rien n’est perdu, et cmdesk réessaie de lui-même.</translation>
    </message>
    <message>
        <source>The network no longer accepts the key. Planned posts wait. Link the account again.</source>
        <translation>Le réseau n’accepte plus la clé. Les publications programmées attendent. Reliez le compte de nouveau.</translation>
    </message>
    <message>
        <source>The key of this account is not on this computer. Planned posts wait. Link the account again.</source>
        <translation>La clé de ce compte n’est pas sur cet ordinateur. Les publications programmées attendent. Reliez le compte de nouveau.</translation>
    </message>
    <message>
        <source>The key belongs to somebody else, so the account is frozen. Nothing was sent. Link it again as the right person.</source>
        <translation>La clé est à quelqu’un d’autre, alors le compte est gelé. Rien n’a été envoyé. Reliez-le de nouveau avec la bonne personne.</translation>
    </message>
    <message>
        <source>Works</source>
        <extracomment>The same in two words, for a chip.</extracomment>
        <translation>Fonctionne</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Link again</source>
        <translation>À relier</translation>
    </message>
    <message>
        <source>Key missing</source>
        <translation>Clé absente</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Gelé</translation>
    </message>
    <message>
        <source>Mentions and reactions</source>
        <translation>Mentions et réactions</translation>
    </message>
    <message>
        <source>Direct messages</source>
        <translation>Messages privés</translation>
    </message>
    <message>
        <source>Own posts</source>
        <translation>Ses publications</translation>
    </message>
    <message>
        <source>The server’s limits</source>
        <translation>Limites du serveur</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>Receive messages</source>
        <translation>Recevoir des messages</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Edit live posts</source>
        <translation>Modifier ce qui est en ligne</translation>
    </message>
    <message>
        <source>Delete live posts</source>
        <translation>Supprimer ce qui est en ligne</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favori</translation>
    </message>
    <message>
        <source>Mute, block and report</source>
        <translation>Masquer, bloquer et signaler</translation>
    </message>
    <message>
        <source>Taken down</source>
        <translation>Retirée</translation>
    </message>
    <message>
        <source>What it answers has changed since it was written. Nothing went out. Look at the conversation, then decide.</source>
        <translation>Ce à quoi elle répond a changé depuis sa rédaction. Rien n’est parti. Relisez la conversation, puis décidez.</translation>
    </message>
    <message>
        <source>{client}: this data folder is a copy of {there}, which is still there. If both went on, posts would go out twice, so nothing is sent from here.</source>
        <extracomment>Why a whole queue stands still, and what is safe; the choices stand beside it.</extracomment>
        <translation>{client}&#xa0;: ce dossier de données est une copie de {there}, qui existe toujours. Si les deux continuaient, des publications sortiraient deux fois; rien n’est donc envoyé d’ici.</translation>
    </message>
    <message>
        <source>{client}: this file is older than what this computer remembers of it, as after a backup was put back by hand. What is planned in it may be live already, so nothing is sent.</source>
        <translation>{client}&#xa0;: ce fichier est plus ancien que ce dont cet ordinateur se souvient, comme après une copie remise à la main. Ce qui y est prévu est peut-être déjà en ligne; rien n’est donc envoyé.</translation>
    </message>
    <message>
        <source>{client}: another file lies where this client’s file lay. What is planned in it may be live already, so nothing is sent.</source>
        <translation>{client}&#xa0;: un autre fichier se trouve à la place de celui de ce client. Ce qui y est prévu est peut-être déjà en ligne; rien n’est donc envoyé.</translation>
    </message>
    <message>
        <source>{client}: these posts were planned on another computer, which may still send them. Nothing is sent from here.</source>
        <translation>{client}&#xa0;: ces publications ont été prévues sur un autre ordinateur, qui les envoie peut-être encore. Rien n’est envoyé d’ici.</translation>
    </message>
    <message>
        <source>{client}: the computer {host} publishes from this folder right now, so nothing is sent from here. Close cmdesk there and wait three minutes.</source>
        <translation>{client}&#xa0;: l’ordinateur {host} publie en ce moment à partir de ce dossier; rien n’est donc envoyé d’ici. Fermez cmdesk là-bas et attendez trois minutes.</translation>
    </message>
    <message>
        <source>{client}: the file is damaged, so nothing is sent. The safest way on is to restore one of its copies.</source>
        <translation>{client}&#xa0;: le fichier est endommagé; rien n’est donc envoyé. Le plus sûr est de restaurer une de ses copies.</translation>
    </message>
    <message>
        <source>{client}: the clock of this computer shows a time before the last post went out ({last}). Nothing is sent until it is right again; cmdesk then goes on by itself.</source>
        <translation>{client}&#xa0;: l’horloge de cet ordinateur indique une heure antérieure au dernier envoi ({last}). Rien n’est envoyé tant qu’elle n’est pas remise à l’heure; cmdesk reprend ensuite de lui-même.</translation>
    </message>
    <message>
        <source>{client}: the clock of this computer is not the one of {server}, where it is {shows}. Posts would leave at the wrong hour, so nothing is sent. Set the clock, and cmdesk goes on by itself; or say that yours is right.</source>
        <translation>{client}&#xa0;: l’horloge de cet ordinateur n’est pas celle de {server}, où il est {shows}. Les publications partiraient à la mauvaise heure, alors rien ne part. Remettez l’horloge à l’heure, et cmdesk reprend de lui-même; ou dites que la vôtre est juste.</translation>
    </message>
    <message>
        <source>Try begun</source>
        <translation>Essai commencé</translation>
    </message>
    <message>
        <source>Try ended</source>
        <translation>Essai terminé</translation>
    </message>
    <message>
        <source>Looked on the network</source>
        <translation>Cherché sur le réseau</translation>
    </message>
    <message>
        <source>Decided by you</source>
        <translation>Décidé par vous</translation>
    </message>
    <message>
        <source>File confirmed</source>
        <translation>Fichier confirmé</translation>
    </message>
    <message>
        <source>Thawed</source>
        <translation>Dégelé</translation>
    </message>
    <message>
        <source>Time zone rules changed</source>
        <translation>Règles de fuseau modifiées</translation>
    </message>
    <message>
        <source>Taken over</source>
        <translation>Repris</translation>
    </message>
    <message>
        <source>it is live</source>
        <extracomment>What came of a call, a look or a decision, by its code in the journal.</extracomment>
        <translation>elle est en ligne</translation>
    </message>
    <message>
        <source>the network has it and prepares it</source>
        <translation>le réseau l’a et la prépare</translation>
    </message>
    <message>
        <source>the network said no</source>
        <translation>le réseau a dit non</translation>
    </message>
    <message>
        <source>the answer got lost</source>
        <translation>la réponse s’est perdue</translation>
    </message>
    <message>
        <source>it did not go out, for certain</source>
        <translation>elle n’est pas partie, c’est certain</translation>
    </message>
    <message>
        <source>it was not found</source>
        <translation>elle n’a pas été trouvée</translation>
    </message>
    <message>
        <source>it was found</source>
        <translation>elle a été trouvée</translation>
    </message>
    <message>
        <source>nothing could be told</source>
        <translation>rien n’a pu être établi</translation>
    </message>
    <message>
        <source>it is handed to the network</source>
        <translation>remise au réseau</translation>
    </message>
    <message>
        <source>the network is asked how far it is</source>
        <translation>on demande au réseau où elle en est</translation>
    </message>
    <message>
        <source>publish now</source>
        <translation>publier maintenant</translation>
    </message>
    <message>
        <source>another time</source>
        <translation>un autre moment</translation>
    </message>
    <message>
        <source>do not publish</source>
        <translation>ne pas publier</translation>
    </message>
    <message>
        <source>it is live, you said</source>
        <translation>elle est en ligne, avez-vous dit</translation>
    </message>
    <message>
        <source>look again</source>
        <translation>chercher de nouveau</translation>
    </message>
    <message>
        <source>publish at its time</source>
        <translation>publier à son heure</translation>
    </message>
    <message>
        <source>send the rest</source>
        <translation>envoyer la suite</translation>
    </message>
    <message>
        <source>leave it at that</source>
        <translation>laisser ainsi</translation>
    </message>
    <message>
        <source>this is the real one</source>
        <translation>celui-ci est le vrai</translation>
    </message>
    <message>
        <source>the other one is real</source>
        <translation>l’autre est le vrai</translation>
    </message>
    <message>
        <source>the reason is gone</source>
        <translation>la raison a disparu</translation>
    </message>
    <message>
        <source>everything outgoing</source>
        <translation>tout ce qui sort</translation>
    </message>
    <message>
        <source>the note was changed</source>
        <translation>la note a été modifiée</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>tout</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>celle-ci</translation>
    </message>
    <message>
        <source>Mentioned people</source>
        <translation>Personnes mentionnées</translation>
    </message>
    <message>
        <source>Bluesky</source>
        <translation>Bluesky</translation>
    </message>
    <message>
        <source>Answer messages</source>
        <translation>Répondre aux messages</translation>
    </message>
    <message>
        <source>Favourite posts</source>
        <translation>Mettre en favori</translation>
    </message>
    <message>
        <source>Read figures</source>
        <translation>Lire les chiffres</translation>
    </message>
    <message>
        <source>Mention</source>
        <translation>Mention</translation>
    </message>
    <message>
        <source>Direct message</source>
        <translation>Message privé</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Citation</translation>
    </message>
    <message>
        <source>New follower</source>
        <translation>Nouvel abonné</translation>
    </message>
    <message>
        <source>Follow request</source>
        <translation>Demande d’abonnement</translation>
    </message>
    <message>
        <source>Boost</source>
        <translation>Partage</translation>
    </message>
    <message>
        <source>Poll ended</source>
        <translation>Sondage terminé</translation>
    </message>
    <message>
        <source>Edited post</source>
        <translation>Publication modifiée</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Other event</source>
        <translation>Autre événement</translation>
    </message>
    <message>
        <source>Awaiting an answer</source>
        <translation>Attend une réponse</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>En main</translation>
    </message>
    <message>
        <source>Waiting on the client</source>
        <translation>Attend le client</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Reporté</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Pour information</translation>
    </message>
    <message>
        <source>Must be mended</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>À regarder</translation>
    </message>
    <message>
        <source>This client’s file is damaged. It was left as it is, and the other clients work. Restore one of its backups.</source>
        <translation>Le fichier de ce client est abîmé. Il a été laissé tel quel, et les autres clients fonctionnent. Restaurez une de ses copies de sauvegarde.</translation>
    </message>
    <message>
        <source>The file in this folder does not belong to cmdesk. It was left untouched. Move the folder away.</source>
        <translation>Le fichier de ce dossier n’est pas à cmdesk. Il n’a pas été touché. Déplacez le dossier ailleurs.</translation>
    </message>
    <message>
        <source>This folder is a copy of a client that is here already. It is not opened, so that nothing goes out twice. Move one of the two away.</source>
        <translation>Ce dossier est la copie d’un client déjà présent. Il n’est pas ouvert, pour que rien ne sorte deux fois. Déplacez l’un des deux ailleurs.</translation>
    </message>
    <message>
        <source>This client’s file cannot be read. It was left as it is. Check the rights of its folder, then open cmdesk again.</source>
        <translation>Le fichier de ce client ne peut pas être lu. Il a été laissé tel quel. Vérifiez les droits de son dossier, puis rouvrez cmdesk.</translation>
    </message>
    <message>
        <source>This client cannot be opened while the disk is full: what was written last still lies in a log beside its file. Nothing is lost. Make room, and it opens by itself.</source>
        <translation>Ce client ne peut pas s’ouvrir tant que le disque est plein&#xa0;: ce qui a été écrit en dernier se trouve encore dans un journal à côté de son fichier. Rien n’est perdu. Faites de la place et il s’ouvrira tout seul.</translation>
    </message>
    <message>
        <source>This client cannot be opened while its folder cannot be written: what was written last still lies in a log beside its file. Nothing is lost. Check the rights of the folder, and it opens by itself.</source>
        <translation>Ce client ne peut pas s’ouvrir tant que son dossier ne se laisse pas écrire&#xa0;: ce qui a été écrit en dernier se trouve encore dans un journal à côté de son fichier. Rien n’est perdu. Vérifiez les droits du dossier et il s’ouvrira tout seul.</translation>
    </message>
    <message>
        <source>Ruby</source>
        <translation>Rubis</translation>
    </message>
    <message>
        <source>Coral</source>
        <translation>Corail</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Ambre</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Olive</translation>
    </message>
    <message>
        <source>Fern</source>
        <translation>Fougère</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Sarcelle</translation>
    </message>
    <message>
        <source>Sky</source>
        <translation>Ciel</translation>
    </message>
    <message>
        <source>Cobalt</source>
        <translation>Cobalt</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>Indigo</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Prune</translation>
    </message>
    <message>
        <source>Slate</source>
        <translation>Ardoise</translation>
    </message>
    <message>
        <source>French (Québec)</source>
        <translation>Français (Québec)</translation>
    </message>
    <message>
        <source>French (France)</source>
        <translation>Français (France)</translation>
    </message>
    <message>
        <source>English (Canada)</source>
        <translation>Anglais (Canada)</translation>
    </message>
    <message>
        <source>Keep as evidence</source>
        <translation>Conserver comme preuve</translation>
    </message>
    <message>
        <source>Hide the message</source>
        <translation>Masquer le message</translation>
    </message>
    <message>
        <source>Mute the person</source>
        <translation>Mettre la personne en sourdine</translation>
    </message>
    <message>
        <source>Block the person</source>
        <translation>Bloquer la personne</translation>
    </message>
    <message>
        <source>Report the message</source>
        <translation>Signaler le message</translation>
    </message>
    <message>
        <source>Delete our answer</source>
        <translation>Supprimer notre réponse</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Show it</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Write about it now</source>
        <translation>Écrire là-dessus maintenant</translation>
    </message>
    <message>
        <source>Freeze what goes out…</source>
        <translation>Geler ce qui sort…</translation>
    </message>
    <message>
        <source>I have seen it</source>
        <translation>J’ai vu</translation>
    </message>
</context>
</TS>
