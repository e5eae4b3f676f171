package io.github.wikiflow.sandbox.generator;

/** A writing system, with a few words for titles and comments. */
public enum Script {
    LATIN(
            "Harbour",
            "Monica",
            "Åland",
            "Übersee",
            "Linear algebra",
            "Saint-Étienne",
            "O'Connor & Sons",
            "C++ \"templates\"",
            "Łódź",
            "List of rivers"),
    CYRILLIC("Санта Джустина", "Георгиевская лента", "Київ", "Ђердап", "Список рек", "Ёлка"),
    ARABIC("قائمة الأنهار", "بحيرة", "تاریخ ایران", "مدينة", "پروین"),
    HEBREW("תבנית נתוני מדינות", "ירושלים", "רשימת נהרות"),
    HAN("東京都の河川", "线性代数", "記事一覧", "香港𠝹", "𠮷野家"),
    HANGUL("강 목록", "서울특별시", "선형대수학"),
    DEVANAGARI("नदियों की सूची", "रैखिक बीजगणित"),
    GREEK("Κατάλογος ποταμών", "Θεσσαλονίκη"),
    THAI("รายชื่อแม่น้ำ", "กรุงเทพมหานคร");

    private final String[] words;

    Script(String... words) {
        this.words = words;
    }

    String word(Draws draws) {
        return draws.oneOf(words);
    }
}
