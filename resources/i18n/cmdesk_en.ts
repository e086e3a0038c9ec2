<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_CA" sourcelanguage="en">
<context>
    <name>AccountCounts</name>
    <message numerus="yes">
        <source>%n account(s) need you.</source>
        <translation>
            <numerusform>%n account needs you.</numerusform>
            <numerusform>%n accounts need you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s), and all lines work.</source>
        <translation>
            <numerusform>%n account, and its line works.</numerusform>
            <numerusform>%n accounts, and all lines work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
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
    <name>AlarmWords</name>
    <message numerus="yes">
        <source>%n message(s) within an hour, where about {usual} are usual.</source>
        <translation>
            <numerusform>%n message within an hour, where about {usual} are usual.</numerusform>
            <numerusform>%n messages within an hour, where about {usual} are usual.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) with words of a crisis: {words}.</source>
        <translation>
            <numerusform>%n message with words of a crisis: {words}.</numerusform>
            <numerusform>%n messages with words of a crisis: {words}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are talking in one conversation.</source>
        <translation>
            <numerusform>%n person is talking in one conversation.</numerusform>
            <numerusform>%n people are talking in one conversation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyCounts</name>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n post</numerusform>
            <numerusform>%n posts</numerusform>
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
            <numerusform>The copy is in place. %n post is held for your decision.</numerusform>
            <numerusform>The copy is in place. %n posts are held for your decision.</numerusform>
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
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish on %n account(s) · {client}</source>
        <translation>
            <numerusform>Publish on %n account · {client}</numerusform>
            <numerusform>Publish on %n accounts · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Schedule for %n account(s) · {client}</source>
        <translation>
            <numerusform>Schedule for %n account · {client}</numerusform>
            <numerusform>Schedule for %n accounts · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change on %n account(s) · {client}</source>
        <translation>
            <numerusform>Change on %n account · {client}</numerusform>
            <numerusform>Change on %n accounts · {client}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move for %n account(s) · {client}</source>
        <translation>
            <numerusform>Move for %n account · {client}</numerusform>
            <numerusform>Move for %n accounts · {client}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayCounts</name>
    <message numerus="yes">
        <source>%n decision(s) to take</source>
        <translation>
            <numerusform>%n decision to take</numerusform>
            <numerusform>%n decisions to take</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) awaiting an answer</source>
        <translation>
            <numerusform>%n person awaiting an answer</numerusform>
            <numerusform>%n people awaiting an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) still to go out</source>
        <translation>
            <numerusform>%n post still to go out</numerusform>
            <numerusform>%n posts still to go out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Farewell</name>
    <message numerus="yes">
        <source>%n post(s) planned for the next 24 hours, the first for {moment}.</source>
        <translation>
            <numerusform>%n post planned for the next 24 hours, for {moment}.</numerusform>
            <numerusform>%n posts planned for the next 24 hours, the first for {moment}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxCounts</name>
    <message numerus="yes">
        <source>That is a lot at once. Choose at most %n message(s).</source>
        <translation>
            <numerusform>That is a lot at once. Choose at most %n message.</numerusform>
            <numerusform>That is a lot at once. Choose at most %n messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) snoozed until {time}</source>
        <translation>
            <numerusform>%n message snoozed until {time}</numerusform>
            <numerusform>%n messages snoozed until {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) marked as answered</source>
        <translation>
            <numerusform>%n message marked as answered</numerusform>
            <numerusform>%n messages marked as answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) taken in hand</source>
        <translation>
            <numerusform>%n message taken in hand</numerusform>
            <numerusform>%n messages taken in hand</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) waiting on the client</source>
        <translation>
            <numerusform>%n message waiting on the client</numerusform>
            <numerusform>%n messages waiting on the client</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) set aside</source>
        <translation>
            <numerusform>%n message set aside</numerusform>
            <numerusform>%n messages set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) awaiting an answer again</source>
        <translation>
            <numerusform>%n message awaiting an answer again</numerusform>
            <numerusform>%n messages awaiting an answer again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found, in every state</source>
        <translation>
            <numerusform>%n message found, in every state</numerusform>
            <numerusform>%n messages found, in every state</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s) found, in every state</source>
        <translation>
            <numerusform>The newest %n message found, in every state</numerusform>
            <numerusform>The newest %n messages found, in every state</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s)</source>
        <translation>
            <numerusform>%n earlier message</numerusform>
            <numerusform>%n earlier messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) chosen</source>
        <translation>
            <numerusform>%n message chosen</numerusform>
            <numerusform>%n messages chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n message(s) chosen</source>
        <translation>
            <numerusform>More than %n message chosen</numerusform>
            <numerusform>More than %n messages chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JournalPresenter</name>
    <message numerus="yes">
        <source>%n line(s) checked: each is as it was written.</source>
        <translation>
            <numerusform>%n line checked: it is as it was written.</numerusform>
            <numerusform>%n lines checked: each is as it was written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the journal are written.</source>
        <translation>
            <numerusform>%n line of the journal is written.</numerusform>
            <numerusform>%n lines of the journal are written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManyPane</name>
    <message numerus="yes">
        <source>Publish %n now…</source>
        <translation>
            <numerusform>Publish %n now…</numerusform>
            <numerusform>Publish %n now…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n at their time…</source>
        <translation>
            <numerusform>Publish %n at its time…</numerusform>
            <numerusform>Publish %n at their time…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n to the next free time…</source>
        <translation>
            <numerusform>Move %n to the next free time…</numerusform>
            <numerusform>Move %n to the next free time…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n again…</source>
        <translation>
            <numerusform>Look for %n again…</numerusform>
            <numerusform>Look for %n again…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n…</source>
        <translation>
            <numerusform>Send the rest of %n…</numerusform>
            <numerusform>Send the rest of %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n at that…</source>
        <translation>
            <numerusform>Leave %n at that…</numerusform>
            <numerusform>Leave %n at that…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do not publish %n…</source>
        <translation>
            <numerusform>Do not publish %n…</numerusform>
            <numerusform>Do not publish %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>News</name>
    <message numerus="yes">
        <source>%n new message(s) for {client}.</source>
        <extracomment>A loop&apos;s name, or the account that was asked: one trouble of each is known at a time.</extracomment>
        <translation>
            <numerusform>%n new message for {client}.</numerusform>
            <numerusform>%n new messages for {client}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s) for {clients}.</source>
        <translation>
            <numerusform>%n new message for {clients}.</numerusform>
            <numerusform>%n new messages for {clients}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PollEditor</name>
    <message numerus="yes">
        <source>Open for %n minute(s)</source>
        <translation>
            <numerusform>Open for %n minute</numerusform>
            <numerusform>Open for %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open for %n hour(s)</source>
        <translation>
            <numerusform>Open for %n hour</numerusform>
            <numerusform>Open for %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open for %n day(s)</source>
        <translation>
            <numerusform>Open for %n day</numerusform>
            <numerusform>Open for %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProofPanel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mend the %n sure one(s)</source>
        <translation>
            <numerusform>Mend the sure one</numerusform>
            <numerusform>Mend the %n sure ones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%n awaiting an answer</source>
        <translation>
            <numerusform>%n awaiting an answer</numerusform>
            <numerusform>%n awaiting an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for your decision</source>
        <translation>
            <numerusform>%n waiting for your decision</numerusform>
            <numerusform>%n waiting for your decision</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message numerus="yes">
        <source>%n message(s) of {looked} would have been met. Nothing was changed.</source>
        <translation>
            <numerusform>%n message of {looked} would have been met. Nothing was changed.</numerusform>
            <numerusform>%n messages of {looked} would have been met. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Said</name>
    <message numerus="yes">
        <source>%n uncertain</source>
        <translation>
            <numerusform>%n uncertain</numerusform>
            <numerusform>%n uncertain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n late</numerusform>
            <numerusform>%n late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) are not open to this and stay as they are.</source>
        <translation>
            <numerusform>%n other is not open to this and stays as it is.</numerusform>
            <numerusform>%n others are not open to this and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them may be live already, and would then be there twice. Look at the accounts first.</source>
        <translation>
            <numerusform>%n of them may be live already, and would then be there twice. Look at the account first.</numerusform>
            <numerusform>%n of them may be live already, and would then be there twice. Look at the accounts first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n post(s) now?</source>
        <translation>
            <numerusform>Publish %n post now?</numerusform>
            <numerusform>Publish %n posts now?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n post(s) at the time they were planned for?</source>
        <translation>
            <numerusform>Publish %n post at the time it was planned for?</numerusform>
            <numerusform>Publish %n posts at the time they were planned for?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n post(s) to the next free time?</source>
        <translation>
            <numerusform>Move %n post to the next free time?</numerusform>
            <numerusform>Move %n posts to the next free time?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n post(s) again?</source>
        <translation>
            <numerusform>Look for %n post again?</numerusform>
            <numerusform>Look for %n posts again?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n thread(s)?</source>
        <translation>
            <numerusform>Send the rest of %n thread?</numerusform>
            <numerusform>Send the rest of %n threads?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n thread(s) at the parts that are live?</source>
        <translation>
            <numerusform>Leave %n thread at the parts that are live?</numerusform>
            <numerusform>Leave %n threads at the parts that are live?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n post(s) unpublished?</source>
        <translation>
            <numerusform>Leave %n post unpublished?</numerusform>
            <numerusform>Leave %n posts unpublished?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publish %n</source>
        <translation>
            <numerusform>Publish %n</numerusform>
            <numerusform>Publish %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Plan %n</source>
        <translation>
            <numerusform>Plan %n</numerusform>
            <numerusform>Plan %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n</source>
        <translation>
            <numerusform>Move %n</numerusform>
            <numerusform>Move %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n</source>
        <translation>
            <numerusform>Look for %n</numerusform>
            <numerusform>Look for %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send the rest of %n</source>
        <translation>
            <numerusform>Send the rest of %n</numerusform>
            <numerusform>Send the rest of %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n at that</source>
        <translation>
            <numerusform>Leave %n at that</numerusform>
            <numerusform>Leave %n at that</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do not publish %n</source>
        <translation>
            <numerusform>Do not publish %n</numerusform>
            <numerusform>Do not publish %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n post</numerusform>
            <numerusform>%n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done for %n post(s).</source>
        <translation>
            <numerusform>Done for %n post.</numerusform>
            <numerusform>Done for %n posts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s) as it was. {reason}</source>
        <translation>
            <numerusform>%n stays as it was. {reason}</numerusform>
            <numerusform>%n stay as they were. {reason}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message numerus="yes">
        <source>{client} is frozen. %n planned post(s) wait.</source>
        <translation>
            <numerusform>{client} is frozen. %n planned post waits.</numerusform>
            <numerusform>{client} is frozen. %n planned posts wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client} is thawed. %n post(s) are planned again.</source>
        <translation>
            <numerusform>{client} is thawed. %n post is planned again.</numerusform>
            <numerusform>{client} is thawed. %n posts are planned again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client} goes on from here. %n post(s) wait until you have looked.</source>
        <translation>
            <numerusform>{client} goes on from here. %n post waits until you have looked.</numerusform>
            <numerusform>{client} goes on from here. %n posts wait until you have looked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TargetChip</name>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreadPane</name>
    <message numerus="yes">
        <source>Show the whole conversation (%n more)</source>
        <translation>
            <numerusform>Show the whole conversation (%n more)</numerusform>
            <numerusform>Show the whole conversation (%n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayView</name>
    <message numerus="yes">
        <source>All decisions, %n more</source>
        <extracomment>How many rows a list of the day shows; all of them are a click away.</extracomment>
        <translation>
            <numerusform>All decisions, %n more</numerusform>
            <numerusform>All decisions, %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message numerus="yes">
        <source>%n post(s) wait for your decision.</source>
        <translation>
            <numerusform>%n post waits for your decision.</numerusform>
            <numerusform>%n posts wait for your decision.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message numerus="yes">
        <source>%n awaiting an answer</source>
        <translation>
            <numerusform>%n awaiting an answer</numerusform>
            <numerusform>%n awaiting an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WishesDialog</name>
    <message numerus="yes">
        <source>Point out again what was ignored (%n)</source>
        <translation>
            <numerusform>Point out again what was ignored (%n)</numerusform>
            <numerusform>Point out again what was ignored (%n)</numerusform>
        </translation>
    </message>
</context>
</TS>
