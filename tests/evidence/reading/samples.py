"""Small documents of every format, made here: the two sides of a river, in words of our own."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from detente.evidence.reading.document import Format

NORTH = (
    "The two governments agreed on Monday to hold a second round of talks on the river in April, "
    "a spokesman for the northern ministry said. The northern side would not withdraw its gauges."
)
SOUTH = (
    "The southern delegation rejected the proposal and demanded that the joint commission be convened "
    "before any further measurement takes place along the border."
)
RUSSIAN = (
    "Стороны договорились провести второй раунд переговоров в апреле, сообщил представитель министерства. "
    "Южная делегация отвергла предложение."
)
ARABIC = "اتفق الطرفان على عقد جولة ثانية من المحادثات في أبريل، حسبما قال المتحدث باسم الوزارة."
CHINESE = "双方同意于四月举行第二轮会谈。外交部发言人表示，北方不会撤出测量站。南方代表团拒绝了这一提议。"

TEXT = f"""Log in
The River Post

Talks on the river resume after a long winter

By Ana Vega
1 March 2022

{NORTH}

{SOUTH}

The views expressed in this article are the author's own.
Share:
Most read
Bridge opens
A bridge over the lower river was opened to traffic on Friday after nine years of work.
"""

MARKDOWN = f"""---
title: "Talks on the river"
author: Ana Vega
date: 2022-03-01
---

# Talks

{NORTH}
{SOUTH}

- the gauges stay where they are
- the commission meets in May

What is left
============

```
not a paragraph
```
[home](index.html) | [news](news.html)

{RUSSIAN}
"""

PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Talks resume | The River Post</title>
<meta property="og:site_name" content="The River Post">
<meta property="article:published_time" content="2022-03-02T01:30:00+01:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",
"headline":"Talks on the river resume","author":[{{"@type":"Person","name":"Ana Vega"}}],
"datePublished":"2022-03-01T23:30:00Z"}}]}}</script></head><body>
<nav><a href="/">Home</a> <a href="/n">News</a></nav>
<article><h1>Talks on the river resume</h1><p class="byline">By Ana Vega</p><p>{NORTH}</p><p>{SOUTH}</p>
<h2>What comes next</h2><p>{NORTH}<br><br>{SOUTH}</p><p style="display:none">Hidden words that nobody sees here.</p>
</article>
<aside class="related"><h3>Most read</h3>
<ul><li><a href="/x">Bridge opens after a long delay in Vale</a></li></ul></aside>
<footer>© 2022 The River Post. All rights reserved.</footer><script>alert("never")</script></body></html>
"""


def message(*, page: bool = False) -> bytes:
    """Return a message with a quotation, a signature and an attachment."""
    made = EmailMessage()
    made["From"] = "Ana Vega <ana@example.org>"
    made["To"] = "b@example.org"
    made["Subject"] = "Antwort: Gespräche"
    made["Date"] = "Tue, 01 Mar 2022 23:30:00 +0100"
    if page:
        made.set_content(PAGE, subtype="html")
    else:
        made.set_content(f"{NORTH}\n\n{SOUTH}\n\nOn Mon, 28 Feb 2022, B wrote:\n> old words\n> more\n\n-- \nAna Vega\n")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="draft.pdf")
    return bytes(made)


def empty_pdf(pages: int) -> bytes:
    """Return a PDF of so many empty pages; PDFium rebuilds the table of places that it lacks."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"] * pages,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


def word(*paragraphs: str, body_xml: tuple[str, str] | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a DOCX file; `body_xml` replaces a text in its XML, `extra` adds parts."""
    document = docx.Document()
    document.core_properties.title = "Draft agreement"
    document.core_properties.author = "M. Rao"
    document.add_heading("Draft agreement", 0)
    for paragraph in paragraphs or (NORTH,):
        document.add_paragraph(paragraph)
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Article 1", SOUTH
    out = io.BytesIO()
    document.save(out)
    if body_xml is None and extra is None:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if body_xml is not None and part.filename == "word/document.xml":
                before, after = (text.encode("utf-8") for text in body_xml)
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(part.filename, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return changed.getvalue()


def pdf(*pages: str, password: str | None = None, head: str | None = None) -> bytes:
    """Return a PDF with one or more paragraphs on each page, an empty line between two."""
    out = io.BytesIO()
    style = getSampleStyleSheet()
    flow: list[Flowable] = []
    for number, page in enumerate(pages or (f"{NORTH}\n\n{SOUTH}",)):
        if number:
            flow.append(PageBreak())
        flow += [Paragraph(text, style["BodyText"]) for text in page.split("\n\n")]

    def running_head(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if head is not None:
            canvas.drawString(72, A4[1] - 40, f"{head} {document.page}")

    encrypt = None if password is None else StandardEncryption(password)
    document = SimpleDocTemplate(
        out, pagesize=A4, title="Talks on the river", author="Ana Vega", encrypt=encrypt, invariant=1
    )
    document.build(flow, onFirstPage=running_head, onLaterPages=running_head)
    return out.getvalue()


def picture_pdf() -> bytes:
    """Return a PDF with two pages that hold no text."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(2):
        canvas.rect(10, 10, 100, 100)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def seeds() -> dict[Format, list[bytes]]:
    """Return a few valid documents of each format, to be changed at random."""
    texts = [TEXT, f"date 2022-03-09 {NORTH}", RUSSIAN, ARABIC, CHINESE]
    return {
        Format.TEXT: [*(text.encode() for text in texts), RUSSIAN.encode("cp1251"), RUSSIAN.encode("utf-16")],
        Format.MARKDOWN: [MARKDOWN.encode(), TEXT.encode()],
        Format.HTML: [PAGE.encode(), f"<p>{RUSSIAN}<p>{ARABIC}<table><tr><td>{CHINESE}</table>".encode()],
        Format.EMAIL: [message(), message(page=True)],
        Format.DOCX: [word(), word(RUSSIAN, ARABIC, CHINESE)],
        Format.PDF: [pdf(), pdf(NORTH, SOUTH, head="Report")],
    }
