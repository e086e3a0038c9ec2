<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_CA" sourcelanguage="en">
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
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayView</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
</TS>
