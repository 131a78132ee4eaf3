"""The copy on paper: a PDF, made in memory. Its words go in as data, so that no text can become an instruction."""

from __future__ import annotations

import json

import typst

from fener.casework.person_copy.content import PersonCopy

# Libertinus Serif comes with the library and has Latin and Cyrillic letters.
PAGE = """
#let copy = json(bytes(sys.inputs.copy))
#let words = copy.words
#set document(title: words.title, author: copy.organisation, date: none)
#set page(paper: "a4", margin: (x: 22mm, y: 20mm), numbering: "1 / 1")
#set text(font: "Libertinus Serif", size: 10.5pt, lang: copy.lang)
#set par(leading: 0.62em)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): it => block(above: 1.5em, below: 0.7em, text(size: 13pt, it.body))
#let quiet(body) = text(size: 9pt, fill: luma(90), body)
= #words.title
#copy.organisation, #copy.day \\
#text(font: "DejaVu Sans Mono", size: 9pt, copy.code)
#v(0.4em)
#copy.lead
== #words.rights
#list(..copy.rights)
#for section in copy.sections [
  == #section.title
  #quiet(section.why)
  #for (number, row) in section.rows.enumerate() [
    #if number > 0 { line(length: 100%, stroke: 0.4pt + luma(200)) }
    #table(
      columns: (35%, 1fr), stroke: none, inset: (x: 0pt, y: 3pt),
      ..row.map(pair => (strong(pair.at(0)), pair.at(1))).flatten()
    )
  ]
]
== #words.left_out
#if copy.left_out.len() == 0 [#words.nothing] else {
  list(..copy.left_out.map(pair => [#strong(pair.at(0)): #pair.at(1)]))
}
== #words.knew
#if copy.knew.len() == 0 [#words.nobody] else {
  table(
    columns: (22%, 26%, 1fr, 24%), stroke: (x, y) => if y > 0 { (top: 0.4pt + luma(200)) }, inset: (x: 3pt, y: 4pt),
    table.header(..(words.at, words.who, words.what, words.why).map(strong)),
    ..copy.knew.flatten()
  )
}
"""


def pdf_of(copy: PersonCopy, *, day: str) -> bytes:
    """The PDF's bytes; nothing is written to the disk."""
    data = {
        "lang": copy.language.split("-")[0],
        "organisation": copy.organisation,
        "day": day,
        "code": copy.code,
        "lead": copy.lead,
        "rights": list(copy.rights),
        "words": copy.words,
        "sections": [
            {
                "title": section.title,
                "why": section.why,
                "rows": [[[entry.label, entry.words] for entry in row] for row in section.rows],
            }
            for section in copy.sections
        ],
        "left_out": [[each.what, each.why] for each in copy.left_out],
        "knew": [[each.at, each.who, each.what, each.why] for each in copy.knew],
    }
    made: bytes = typst.compile(PAGE.encode(), sys_inputs={"copy": json.dumps(data, ensure_ascii=False)})
    return made
