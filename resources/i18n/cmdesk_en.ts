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
        <source>%n more</source>
        <extracomment>How many rows a list of the day shows; all of them are a click away.</extracomment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
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
</TS>
