"""Holds what the comparison knows of languages, in one table each.

English comes first and is always in force; a language is added by adding a table. Words are in
lower case. A text may mix languages, so all tables are read together: a word that is weak in one
language and heavy in another counts as heavy.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language that a comparison treats apart.

    `modality` says how binding a sentence is, `scope` whom and how much it binds. `weak` words
    say nothing by themselves: articles, prepositions, forms of "to be". In a language without
    spaces, `modality` and `scope` are looked for as parts of a text that has a character of its
    `script` (first and last code point); a text is in the first such language of the table.
    """

    name: str
    modality: frozenset[str]
    scope: frozenset[str]
    weak: frozenset[str]
    script: tuple[str, str] | None = None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Language(
    "English",
    modality=_words(
        """
        must mustn't shall shan't should shouldn't may might can can't cannot could couldn't
        will won't would wouldn't need needn't ought required require requires mandatory
        optional recommended permitted prohibited forbidden never always not no nor only
        unless except neither without always-on obliged entitled
        """
    ),
    scope=_words(
        """
        all every each any none some most many few several both either everyone everybody
        nobody anyone someone everything nothing at-least up-to more less fewer least
        maximum minimum entire whole half twice once one two three four five six seven eight
        nine ten hundred thousand million billion first second third other others
        """
    ),
    weak=_words(
        """
        a an the of to in on at by for from with and or but as is are was were be been being
        it its this that these those there their our we they he she his her them us i you your
        which who whom whose so than then into onto over under about also has have had do does
        did up out if
        """
    ),
)

GERMAN = Language(
    "German",
    modality=_words(
        """
        muss müssen müsste soll sollen sollte sollten darf dürfen kann können könnte könnten
        nicht kein keine keinen keiner nur nie niemals immer verpflichtet verpflichtend
        """
    ),
    scope=_words("alle jeder jede jedes jeden einige manche mehrere mindestens höchstens beide"),
    weak=_words(
        """
        der die das den dem des ein eine einen einem einer und oder aber in im an am auf für
        von vom mit zu zum zur ist sind war waren sein es sich wir sie als auch bei aus nach
        """
    ),
)

FRENCH = Language(
    "French",
    modality=_words(
        """
        doit doivent devrait devraient devra devront peut peuvent pourrait pourraient ne pas
        jamais toujours seulement uniquement obligatoire facultatif interdit interdite sauf
        """
    ),
    scope=_words("tout toute tous toutes chaque aucun aucune plusieurs quelques certains moins"),
    weak=_words(
        """
        le la les l un une des du de d et ou à au aux en dans sur pour par avec est sont était
        que qui se ce cette ces son sa ses leur leurs nous il elle ils elles
        """
    ),
)

SPANISH = Language(
    "Spanish",
    modality=_words(
        """
        debe deben debería deberían deberá puede pueden podrá podría podrían nunca siempre
        solo sólo solamente obligatorio prohibido salvo
        """
    ),
    scope=_words("todo toda todos todas cada ningún ninguno ninguna algunos algunas varios"),
    weak=_words("el la los las un una unos unas de del y o a al en con por para es son que se su"),
)

JAPANESE = Language(
    "Japanese",
    modality=_words(
        """
        しなければならない しなければなりません なければならない なければなりません べき
        ものとする できる できます してはならない してはなりません ない ません 必ず 必須
        義務 任意 禁止 のみ だけ 限り 限る 可能 ざるを得ない
        """
    ),
    scope=_words(
        """
        すべて 全て 全部 全員 全国 各 一部 以上 以下 未満 超 最大 最小 最低 少なくとも
        いずれ のいずれか 誰も 毎 一律 原則
        """
    ),
    weak=_words(
        "の に は を が と で も へ や か ね よ 、 。 ・ です ます する した して いる ある"
    ),
    script=("\u3041", "\u30ff"),
)

CHINESE = Language(
    "Chinese",
    modality=_words(
        """
        必须 必須 应 應 应当 應當 应该 應該 可以 可 不得 不 禁止 不可 不能 仅 僅 只 只有
        未 无 無 從不 从不 总是 總是
        """
    ),
    scope=_words("所有 全部 每 各 任何 一切 部分 一些 至少 至多 最多 以上 以下 超过 超過"),
    weak=_words("的 了 和 与 與 在 是 及 或 也 之 于 於"),
    script=("\u4e00", "\u9fff"),
)

THAI = Language(
    "Thai",
    modality=_words("ต้อง ควร อาจ สามารถ ไม่ ห้าม เท่านั้น เฉพาะ จำเป็น บังคับ ยกเว้น"),
    scope=_words("ทุก ทั้งหมด ทั้งสิ้น บาง หลาย แต่ละ อย่างน้อย ไม่เกิน มากกว่า น้อยกว่า"),
    weak=_words("และ ของ ที่ ใน เป็น ก็ จะ ให้ ได้"),
    script=("\u0e01", "\u0e5b"),
)

LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH, JAPANESE, THAI, CHINESE)
SPACED = tuple(tongue for tongue in LANGUAGES if tongue.script is None)
UNSPACED = tuple(tongue for tongue in LANGUAGES if tongue.script is not None)

MODALITY = frozenset().union(*(tongue.modality for tongue in SPACED))
SCOPE = frozenset().union(*(tongue.scope for tongue in SPACED))
WEAK_WORDS = frozenset().union(*(tongue.weak for tongue in LANGUAGES)) - MODALITY - SCOPE


def unspaced_language(text: str) -> Language | None:
    """Returns the language without spaces that a text is in, or None."""
    for tongue in UNSPACED:
        assert tongue.script is not None
        first, last = tongue.script
        if any(first <= character <= last for character in text):
            return tongue
    return None
