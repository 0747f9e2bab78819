"""The people of the demo world."""

from storage.maintenance.bulk import NewUser

PEOPLE = [
    NewUser("ada", "Ada", "Marlowe", "Bugs before breakfast, bridges after.\nNotes at https://example.org/bridges"),
    NewUser("grace", "Grace", "Whitfield", "Teaches with string. My clock runs backwards; ask me why."),
    NewUser("linus", "Linus", "Aalto", "I delete code for a living. Swims in anything above freezing."),
    NewUser("margaret", "Margaret", "Doyle", "Flight software. If you have read this far, read it again."),
    NewUser("alan", "Alan", "Prescott", "Long walks, longer tapes. Loses at chess to @kofi's grandmother."),
    NewUser("hedy", "Hedy", "Lang", "Antennas, pianos, patents. Somewhere between two stations."),
    NewUser("tim", "Tim", "Ashdown", "Writes HTML by hand.\nGuestbook: https://example.org/guestbook"),
    NewUser("yuki", "由紀", "田中", "京都。散歩、万年筆、銭湯。猫は三匹まで数えます。"),
    NewUser("omar", "عمر", "حسن", "قهوة ثم قصيدة ثم نهر. أحذف أكثر مما أكتب."),
    NewUser("dmitri", "Дмитрий", "Орлов", "Планировщики, чай и один кот. Кот главный."),
    NewUser("priya", "Priya", "Nair", "On call in Bengaluru. Five chais a day, peer reviewed. ☕"),
    NewUser("mei", "梅", "陈", "成都。爱吃火锅,爱爬山,听猫的话。"),
    NewUser("jisoo", "지수", "김", "자전거와 일기. 주석을 친절하게 씁니다."),
    NewUser("eleni", "Ελένη", "Παππά", "Θεσσαλονίκη. Καφές, θάλασσα, και ένας γάτος που γράφει."),
    NewUser("noa", "נועה", "לוי", "עצים מאוזנים, ספרים, חלון אחד."),
    NewUser("sofia", "Sofía", "Ferrer", "Arroz los domingos. Espero el 32 con paciencia."),
    NewUser(
        "amara",
        "Amara",
        "Okoye",
        "Robotics club, 31 students, enough soldering irons at last.\nThanks @hedy and @linus!",
    ),
    NewUser("kofi", "Kofi", "Mensah", "I fix radios and lose at oware. It is always a cold solder joint."),
    NewUser("ines", "Inês", "Tavares", "Porto. Falo com as plantas e elas respondem. 🌱"),
    NewUser("freya", "Freya", "Lindholm", "Modvind begge veje. Vinterbader."),
    NewUser("walt", "Walt", "Greer", "Garlic, kale, compost. The deer and I are in negotiations."),
    NewUser("zoe", "Zoë", "Castellan", "In alphabetical order: spices, soups, opinions."),
    NewUser("ruth", "Ruth", "Abernathy", "Librarian. It is on the shelf behind you."),
    NewUser("theo", "Theo", "Barnes", "Runs slowly, in blue. 1:58:07 and not one second less. 🍌"),
    NewUser("hana", "Hana", "Novák", "One bird a day, most of them annoyed.\n#birdaday"),
    NewUser("nils", "Nils", "Sundqvist", "Ljus, bullar, snö. I den ordningen."),
    NewUser("mateo", "Mateo", "Ríos", "Asado, mate y libros que termino tarde."),
    NewUser("tuan", "Tuấn", "Phạm", "Hà Nội. Phở buổi sáng, tiếng Nhật buổi tối. Mèo giữ bàn."),
]
