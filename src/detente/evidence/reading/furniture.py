"""Lines that belong to the page and not to the text: menus, share buttons, labels, disclaimers, notices of rights.

Words are compared, never layout, so the same lists serve plain text, pages, PDF and e-mail. A line that matches nothing
is body: what is wrongly left out is never seen again, and what is wrongly kept an analyst can reject.
"""

from __future__ import annotations

import re

from detente.evidence.reading.document import Role
from detente.evidence.reading.written_dates import date_in

LONGEST_LINE = 400  # characters beyond which only notices of cookies and rights can make a line furniture
LONGEST_NOTICE = 700

# Whole lines, as a menu, a button or a counter has them.
_MENU = re.compile(
    r"(?:log ?(?:in|out)|sign (?:in|up|out)|subscribe(?: now)?|register|donate|menu|search|home(?: page)?|opinions?|"
    r"editorial|columns?|analysis|commentary|news|world|politics|business|sports?|culture|economy|video|live|"
    r"share(?: (?:this|on|with).{0,40})?|reactions?|comments?(?: \(\d+\))?|\d+ comments?|leave a (?:reply|comment)|"
    r"reply|"
    r"print|e-?mail|tweet|like|save|copy link|bookmark|"
    r"facebook|twitter|x|linkedin|whatsapp|telegram|instagram|youtube|reddit|rss|follow us.{0,40}|"
    r"listen(?: to this article)?|advertisement|ad|sponsored(?: content)?|skip to (?:main )?content|back to top|"
    r"next|previous|tags?|topics?|contact(?: us)?|about(?: us)?|privacy(?: policy)?|"
    r"terms(?: (?:of (?:use|service)|and conditions))?|imprint|impressum|careers|sitemap|faq|help|newsletters?|"
    r"\d+ min(?:ute)?s? read|\d+ (?:shares?|views?)|"
    r"поделиться|комментарии|подписаться|войти|реклама|меню|поиск|наверх|поділитися|"
    r"partager|s'abonner|se connecter|commentaires|publicité|teilen|anmelden|abonnieren|kommentare|anzeige|"
    r"compartir|iniciar sesión|suscribirse|comentarios|condividi|"
    r"شارك|مشاركة|تسجيل الدخول|إعلان|分享|登录|评论|广告|搜索)[\s:.!…»>|]*",
    re.IGNORECASE,
)
# Lines that begin what no longer belongs to the article.
_CLOSING = re.compile(
    r"(?:trending(?: now)?|most[ -](?:viewed|read|discussed|popular|shared|commented)|popular(?: stories| posts| now)?|"
    r"related(?: (?:articles?|stor(?:y|ies)|posts?|topics?|news|content|reading))?|"
    r"(?:you (?:may|might) also like|read (?:also|next|more)|see also|more (?:from|on|in|stories|news).{0,40})|"
    r"recommended(?: (?:for you|stories|reading))?|editor'?s'? (?:picks?|choice)|latest(?: news| stories)?|"
    r"to continue reading|don'?t miss|up next|"
    r"читайте также|популярное|по теме|самое читаемое|читайте також|à lire aussi|les plus lus|mehr zum thema|"
    r"meistgelesen|más leídas|lea también|leggi anche|اقرأ أيضا|相关阅读|相关新闻|热门)[\s:.!…»>|]*",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:uses? (?:\w+ )?cookies|cookie (?:policy|settings|preferences)|accept (?:all )?cookies|"
    r"all rights reserved|privacy policy|terms of (?:use|service)|sign up (?:for|to) (?:our|the)|"
    r"subscribe to (?:our|the|this)|request (?:your|a) (?:free )?trial|already a subscriber|"
    r"join the (?:conversation|discussion)|start a conversation about|join us!|report factual errors|"
    r"certified by|in compliance with the|follow us on|download our app|enable javascript|"
    r"click here to|photo gallery|все права защищены|tous droits réservés|alle rechte vorbehalten|"
    r"todos los derechos reservados)|^(?:©|\(c\) ?\d{4}|copyright\b)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:(?:views?|opinions?)\b.{0,80}\b(?:are|is|do|does|belong)\b.{0,90}\b(?:personal|own|"
    r"not (?:necessarily )?(?:reflect|represent)|solely|alone|the author'?s?)|"
    r"not necessarily reflect|does not (?:take|assume) responsibility)|"
    r"мнение (?:автора|редакции).{0,60}(?:не совпада|может не)",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<label>by|authors?|written by|doi|issn|isbn|published(?: (?:date|on|at|in|online))?|publication date|date|"
    r"posted(?: on)?|"
    r"updated(?: on)?|last (?:updated|modified)|received|accepted|subject(?: matter)?|key ?words?|source|"
    r"corresponding author|e-?mail|tel|fax|volume|vol\.?|issue|pages?|citation|cite as|article reuse guidelines|"
    r"section|categor(?:y|ies)|filed under|photo(?: by| credit)?|image|credit|translated by|editor|publisher|"
    r"автор|опубликовано|дата(?: публикации)?|источник|обновлено|дата публікації|джерело|"
    r"auteur|publié le|mis à jour(?: le)?|von|autor|veröffentlicht(?: am)?|stand|publicado(?: el)?|fecha|"
    r"الكاتب|تاريخ النشر|作者|来源|发布时间|日期)"
    r"(?P<rest>\s*[:：].*|\s+(?=[^a-zа-я]).*|(?=https?:).*|(?=[A-ZА-Я0-9]).*|$)"
)
_BARE = re.compile(
    r"[\W\d_]+|(?:https?://|www\.)\S+|\S+@\S+\.\S+|[\w.-]+\.(?:com|org|net|int|gov|edu|ru|ua|ch|de|fr)/\S*"
)
_SENTENCE_END = re.compile(r"[.!?。！？؟…][\"'”’»)\]]*$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words_in(line: str) -> int:
    """Return how many words a line has; two Chinese, Japanese or Korean characters count for one."""
    wide = len(_CJK.findall(line))
    return len(line.split()) + wide // 2


def is_prose(line: str) -> bool:
    """Say whether a line is running text: twelve words, or six that end as a sentence ends."""
    words = words_in(line)
    return words >= 12 or (words >= 6 and _SENTENCE_END.search(line) is not None)


def begins_furniture(line: str) -> bool:
    """Say whether a line is a heading such as "Most read", behind which the article is over."""
    return _CLOSING.fullmatch(line) is not None


def is_label(line: str) -> bool:
    """Say whether a line is a label with what it labels: `Published 1 March 2022`, `DOI: 10.…`."""
    if len(line) > LONGEST_LINE or is_sentence(line):
        return False
    low = line[:1].lower() + line[1:]
    return LABEL.match(_lowered_label(low)) is not None


def is_sentence(line: str) -> bool:
    """Say whether a line ends as a sentence and is long enough to be one."""
    return words_in(line) >= 8 and _SENTENCE_END.search(line) is not None


def role_of(line: str) -> Role | None:
    """Return the role that the words of a line give it by themselves, None where they give none.

    Examples
    --------
    >>> role_of("Share:"), role_of("Views are personal"), role_of("The ministers met."), role_of("Updated: 3 May 2021")
    (<Role.BOILERPLATE: 'boilerplate'>, <Role.METADATA: 'metadata'>, None, <Role.METADATA: 'metadata'>)
    """
    line = line.strip()
    if len(line) <= LONGEST_LINE:
        if _MENU.fullmatch(line) or _CLOSING.fullmatch(line):
            return Role.BOILERPLATE
        if _DISCLAIMER.search(line):
            return Role.METADATA
        if _BARE.fullmatch(line) or is_label(line) or is_date_line(line):
            return Role.METADATA
    if len(line) <= LONGEST_NOTICE and _NOTICE.search(line):
        return Role.BOILERPLATE
    return None


def is_disclaimer(line: str) -> bool:
    """Say whether a line sets the author's views apart from the publisher's."""
    return len(line) <= LONGEST_NOTICE and _DISCLAIMER.search(line) is not None


def is_date_line(line: str) -> bool:
    """Say whether a line is a date and little else: a weekday, an hour, a place."""
    found = date_in(line)
    if found is None:
        return False
    _, start, end = found
    return len((line[:start] + line[end:]).split()) <= 5 and not _SENTENCE_END.search(line)


def is_name(line: str) -> bool:
    """Say whether a line may be a person's name: two to five capitalised words, or initials, and nothing else.

    Examples
    --------
    >>> is_name("Ana de la Vega"), is_name("M K Rao"), is_name("The End"), is_name("Peace talks")
    (True, True, False, False)
    """
    tokens = line.strip().removeprefix("By ").removeprefix("by ").split()
    if not 2 <= len(tokens) <= 5 or any(token.lower() in _NEVER_A_NAME for token in tokens):
        return False
    return all(token in _PARTICLES or _is_capitalised(token) for token in tokens) and _is_capitalised(tokens[-1])


def _is_capitalised(token: str) -> bool:
    return token[0].isupper() and _NAME.fullmatch(token) is not None


_NAME = re.compile(r"(?:[^\W\d_]\.?|[^\W\d_](?:['’\-]?[^\W\d_])+)")
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "del",
        "da",
        "di",
        "dos",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "y",
        "e",
        "du",
    ]
)
_NEVER_A_NAME = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "in",
        "on",
        "at",
        "for",
        "to",
        "from",
        "with",
        "by",
        "new",
        "old",
        "our",
        "your",
        "this",
        "that",
        "is",
        "are",
        "was",
        "were",
        "more",
        "most",
        "read",
        "policy",
        "brief",
        "international",
        "national",
        "journal",
        "review",
        "press",
        "news",
        "institute",
        "center",
        "centre",
        "university",
        "office",
        "ministry",
        "department",
        "council",
        "union",
        "united",
        "opinion",
        "editorial",
        "article",
        "report",
        "story",
        "stories",
        "world",
    ]
)


def _lowered_label(line: str) -> str:
    """Return a line with the words of its label in lower case, so that `PUBLISHED` and `Published` are one."""
    head, mark, rest = line.partition(":")
    return f"{head.lower()}{mark}{rest}" if mark and len(head) <= 30 else line
