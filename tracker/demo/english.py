"""Situations and phrases in English."""

from tracker.demo.situation import Phrases, Situation

_LAPTOPS = ("ThinkPad T14", "Latitude 7450", "MacBook Pro 14", "EliteBook 845")
_PRINTERS = ("HP M507", "Canon iR 2630", "Brother L6400", "Xerox B410")

PHRASES = Phrases(
    impact=(
        "We are <count> people on this floor, and all of us depend on it for the rest of the week.",
        "I can work around it for now, but it costs me about half an hour a day.",
        "It is not urgent today. It has to work before the end of the month, when we close the accounts.",
        "The customer visit is next week, and I would rather not explain this to them.",
        "Two colleagues next to me see the same, the others do not, which may help you to narrow it down.",
        "Nobody else seems to be affected: I asked around in room <room> and on floor <floor>.",
    ),
    tried="What I tried so far:",
    message="The exact message:",
    table=("Where", "What", "Asset", "Seen at"),
    closing=(
        "I am in room <room> every day except Friday; just drop by.",
        "Please call before you come, the room is often booked.",
        "Thank you for looking into it.",
        "You can take the machine over lunch, I do not need it between 12:00 and 13:30.",
        "Remote access is fine, I only have to save my work first.",
    ),
    questions=(
        "Thank you for the report. Does it also happen when you are connected by cable, or over Wi-Fi only?",
        "I can see the event in the log of `<host>`. Could you tell me at what time you saw it last?",
        "Which of the two machines in room <room> is it: the one at the window, or the one at the door?",
        "Is it still the case after a restart? A restart installs the update that was published on Monday.",
    ),
    replies=(
        "Yes, still the same this morning at <hour>. It took about five minutes to come back.",
        "Over Wi-Fi only. By cable everything is fine, so I moved to the desk near the window for now.",
        "It is the one at the door, asset <asset>.",
        "I restarted twice. The first time it helped for an hour, the second time not at all.",
    ),
    notes=(
        "Same pattern as last month on floor <floor>; the supplier has an open case, number <number>.",
        "Spare is in the cupboard of room <room>. Replace first, analyse later.",
        "Checked `<host>`: disk at 71 %, no errors since Sunday. It is not the server.",
        "Asset <asset> is out of warranty in <weeks> weeks. Order the successor together with the next batch.",
    ),
    background=(
        "For context: we moved from the second floor in spring, and since then the cabling in this corner has been "
        "extended twice. Facilities have a drawing, but it shows the state before the move, so do not rely on it when "
        "you look for the outlet; the label on the wall is right, the one on the floor box is not.",
        "A little history: the same thing happened about a year ago. At that time somebody from your team replaced a "
        "part and updated the firmware, after which it was quiet for months. I do not remember the details, but they "
        "should be in the old tickets of our department, probably around the inventory week.",
        "I know that several changes were announced for this month, so I went through the announcements first. As far "
        "as I can tell none of them concerns us: the maintenance on Saturday was about the other building, and the new "
        "sign-in page is only for people who work from home. Please correct me if I got that wrong.",
        "How it should be: the process description says that the document is checked by one person, released by "
        "another and archived within the same day. In practice everything now waits for me, because I am the only one "
        "for whom it still works. I am on leave from Thursday, so a solution before then would help the whole group.",
    ),
)

SITUATIONS = (
    Situation(
        "incident", "hardware/printer", "onsite",
        ("Printer on floor <floor> jams on every duplex job", "Printer in room <room> prints grey stripes", "Printer <model> near room <room> is offline"),
        ("The <model> next to room <room> stopped in the middle of a job at <hour>. Since then every job that is longer than a page ends in the same place.",
         "Since this morning the <model> on floor <floor> prints with a grey band on the left. The test page shows it, too."),
        ("switched it off for ten minutes", "opened the rear door and removed a torn sheet", "printed from another program", "used paper from a new packet"),
        ("The fuser was at the end of its life; replaced. Forty duplex pages without a jam.", "Cleaned the transfer roller and calibrated. The test page is clean."),
        "49.38.07 ERROR: turn off then on\ntray 2: size mismatch (A4 expected)", _PRINTERS,
    ),
    Situation(
        "incident", "hardware/laptop", "onsite",
        ("Laptop <model> does not wake from sleep", "Battery of <model> lasts less than an hour", "Keyboard of laptop <asset> types double letters"),
        ("When I open the lid after lunch, the screen stays black; only holding the power button for ten seconds helps. Unsaved work is gone each time.",
         "The battery went from five hours to less than one within a week. On the train I cannot work any more."),
        ("installed all updates", "removed the dock", "tested with a colleague's power supply", "ran the manufacturer's diagnosis: no findings"),
        ("Firmware updated to the version of last week, which fixes the sleep state. Please reopen if it happens again.", "Battery replaced under warranty. It now reports 98 % of its design capacity."),
        "Kernel-Power 41 (63)\nThe system has rebooted without cleanly shutting down first.", _LAPTOPS,
    ),
    Situation(
        "incident", "network/wifi", "onsite",
        ("No Wi-Fi in room <room>", "Wi-Fi drops every few minutes on floor <floor>", "Video calls freeze in the meeting rooms of floor <floor>"),
        ("In room <room> the laptop sees the network but gets no address. In the corridor it works at once.",
         "During every call the picture freezes for ten to twenty seconds. The sound comes back on its own, the screen share does not."),
        ("forgot the network and joined again", "switched to the 5 GHz band", "moved closer to the access point", "used the phone as a hotspot: works"),
        ("The access point had lost its uplink on port <port>; cable replaced, signal checked in all four corners.", "Channel plan changed: two access points were talking over each other. Measured for a day without a drop."),
        "wlan0: authentication timed out\ndhcp: no offers received on <host>", ("Aruba AP-515", "Cisco 9120AXI"),
    ),
    Situation(
        "incident", "network/vpn", "remote",
        ("VPN disconnects after <count> minutes", "VPN refuses the second factor", "No access to <host> over VPN"),
        ("From home the tunnel comes up, but after a few minutes everything that is open on <host> hangs and has to be opened again.",
         "Since I have a new phone the VPN says that the code is wrong, although I enter it within seconds."),
        ("changed to another access point at home", "reinstalled the client", "set the clock of the phone by hand", "tried from a café: the same"),
        ("The profile still pointed to the old gateway. New profile sent; the tunnel held for three hours.", "Second factor enrolled again on the new phone. Old device removed."),
        "IKEv2: peer not responding, DPD timeout\nerror <code>",
    ),
    Situation(
        "incident", "software/email", "remote",
        ("Mails to one customer come back", "Shared mailbox is missing since the migration", "Calendar shows meetings one hour early"),
        ("Every mail to this one customer comes back after a few minutes with the report below. Mails to their other addresses arrive.",
         "The shared mailbox of our group was there on Friday and is gone today, on all <count> machines."),
        ("sent the same text without attachment", "opened the mailbox in the browser: there it is", "removed and added the account"),
        ("Their server refused us because of a stale entry in our sender policy; corrected and tested with them on the phone.", "Permission restored; it takes up to an hour until the mailbox appears by itself."),
        "550 5.7.1 message rejected due to policy\nRemote server returned '<code>'",
    ),
    Situation(
        "incident", "software/erp", "remote",
        ("ERP: posting run stops with error <code>", "ERP: invoices are printed twice", "ERP is slow since this morning"),
        ("The posting run stops at document <number>. Nothing after it is posted, and the period closes on Friday.",
         "Opening an order takes about forty seconds since this morning; yesterday it was two."),
        ("started the run again for one document", "compared with the test system: works there", "logged in as a colleague: the same"),
        ("Document <number> referred to a closed cost centre. Corrected with accounting, the run went through.", "A report without limits was blocking the table; stopped, and its author now has a version with limits."),
        "ORA-00054: resource busy and acquire with NOWAIT specified\njob <number> cancelled on <host>", department="accounting",
    ),
    Situation(
        "incident", "software/crm", "remote",
        ("CRM forgets the filter of the customer list", "CRM: duplicate contacts after the import", "CRM does not send the quotation"),
        ("After the import of yesterday about <count> customers exist twice, one with the old and one with the new address. Sales cannot tell which is right.",
         "The quotation is created, but the button to send it stays grey for everybody in the group."),
        ("cleared the cache", "tried another browser", "compared the permissions of two colleagues"),
        ("Duplicates merged by customer number; the import now refuses rows without one.", "The template lacked a required field since the update. Added, and tested with a quotation to ourselves."),
        "POST /api/quotation/<number>/send -> 422\n{\"error\": \"missing field: incoterms\"}", department="sales",
    ),
    Situation(
        "request", "access/account", "remote",
        ("Access to the folder of project <number>", "Account for an external consultant until the end of the month", "Add <count> people to the distribution list of floor <floor>"),
        ("Please give me read and write access to the folder of project <number> on <host>. My manager is in copy and agrees.",
         "A consultant works with us for <weeks> weeks and needs an account with e-mail, the VPN and the project folder, nothing else."),
        ("read access is enough for the archive", "the account may end on the last day of the month", "no access to the accounting share"),
        ("Access given through the project's group, so that it ends with the project.", "Account created with an end date; the credentials went to the manager by phone."),
    ),
    Situation(
        "request", "access/badge", "onsite",
        ("Badge does not open door <room>", "Badge for a visitor group of <count>", "Replace a broken badge"),
        ("My badge opens the main door but not <room>, which I need from Monday on for the inventory.",
         "On Thursday a group of <count> visitors needs badges for the ground floor, from <hour> to the evening."),
        ("tried both readers", "asked the reception, who see no block", "the badge of my neighbour works"),
        ("Zone added to the badge; tested together at the door.", "Badges are prepared at the reception, with a list to sign."),
        system=("HID Signo 20", "Salto XS4"),
    ),
    Situation(
        "request", "hardware/screen", "onsite",
        ("Second screen for room <room>", "Larger screen after eye examination", "Screen arm for a standing desk"),
        ("For the new layout work I need a second screen. Any model with at least 1440 lines will do.",
         "The company doctor recommends a screen of 27 inches or more; the letter is with human resources."),
        ("a used one is fine", "the desk has a free power outlet", "the dock has a second DisplayPort"),
        ("Installed, connected over the dock, and added to the inventory as <asset>.", "Delivered from stock; the old screen went back into the pool."),
        system=("Dell U2724D", "LG 27UP850"),
    ),
    Situation(
        "request", "software/office", "remote",
        ("Licence for the diagram editor", "Install the PDF editor on <asset>", "Template with the new logo"),
        ("I have to maintain the process diagrams from now on and need the full version of the editor instead of the viewer.",
         "The contract department sends PDFs that have to be filled in and signed. With the reader it does not work."),
        ("cost centre <number>", "one licence for the group would be enough", "needed by the end of next week"),
        ("Licence assigned; it appears in the software portal after the next sign-in.", "Installed remotely and opened once together."),
    ),
    Situation(
        "request", "building/furniture", "onsite",
        ("Move <count> desks to floor <floor>", "Height-adjustable desk in room <room>", "Lockers for floor <floor>"),
        ("Our group grows by <count> people. Room <room> is free from the first of the month; desks and network have to move with us.",
         "The desk in room <room> does not stay up any more and sinks while one types."),
        ("the plan of the room is attached to the request of facilities", "network outlets are on the window side", "chairs come along"),
        ("Moved on Saturday; outlets patched to ports <port> and following.", "Motor replaced by the supplier under warranty."),
        department="human-resources",
    ),
    Situation(
        "incident", "building/heating", "onsite",
        ("Heating in room <room> stays cold", "Air conditioning drips in room <room>", "Server room too warm"),
        ("It is 16 degrees in room <room> this morning. The valve is open, the pipe is cold.",
         "Water drips from the unit at the ceiling, onto the cable tray. There is a bucket below it now."),
        ("turned the valve up and down", "closed the windows over night", "asked the neighbouring rooms: warm"),
        ("Air in the circuit; bled, and the pump replaced as a precaution.", "Drain cleaned; the cables are dry, tested by facilities."),
        "2nd stage compressor: high pressure cut-out\nT-sensor <room>: 31.5 °C", ("Daikin VRV", "Stulz CyberRow"),
    ),
    Situation(
        "problem", "network", "onsite",
        ("Switch on floor <floor> restarts at random", "Packet loss between two buildings", "Time drifts on the machines of floor <floor>"),
        ("Third report in a month: everything behind port <port> loses the network for about two minutes. We should find the cause instead of restarting it.",
         "Measured over a week: between 0.5 and 3 percent of packets are lost on the link, more in the afternoon."),
        ("compared firmware versions", "swapped the power supply", "mirrored the uplink for a day"),
        ("Firmware bug with this module, confirmed by the manufacturer; updated on all four switches.", "A damaged fibre in the patch panel; replaced and measured at -3.1 dB."),
        "%SYS-5-RELOAD: Reload requested by watchdog\nuptime 2 minutes, last reset: watchdog", ("Cisco C9300", "Aruba 2930F"),
    ),
    Situation(
        "task", "hardware", "onsite",
        ("Replace <count> machines on floor <floor>", "Inventory of the store room <room>", "Return leased laptops"),
        ("The lease of <count> machines ends in <weeks> weeks. They have to be collected, wiped, and packed with their power supplies.",
         "Yearly inventory: everything in room <room> with a label has to be scanned, everything without a label gets one."),
        ("list from the leasing company", "boxes in the cellar", "wiping protocol for each disk"),
        ("All collected and signed for; two power supplies were missing and are paid from the budget.", "Finished; the list is in the project folder."),
        system=_LAPTOPS,
    ),
    Situation(
        "incident", "hardware/phone", "remote",
        ("Calls to the hotline end in silence", "Phone in room <room> does not ring", "Headset crackles"),
        ("Callers hear the greeting, choose a number and then nothing. We see no call on our side.",
         "The phone in room <room> can call out, but nobody reaches it; it goes to voice mail at once."),
        ("called from a mobile", "checked forwarding: off", "exchanged the headset with a colleague's"),
        ("The queue pointed to a group without members since the reorganisation. Corrected, and tested with three calls.", "Registration renewed after its certificate had expired on the phone."),
        "SIP 480 Temporarily Unavailable\nqueue=<number> members=0", ("Yealink T54W", "Poly CCX 500"), department="logistics",
    ),
)  # fmt: skip
