"""Sentences of several languages, each with a letter beyond ASCII, to be saved in the encodings of their time."""

WESTERN = {
    "French": (
        "Le président a déclaré que la forêt brûle.",
        "Le ministre a refusé.",
        "Où est la frontière ?",
        "Il part demain à Genève.",
        "La délégation n’a pas été reçue à l’aéroport.",
        "Les négociateurs ont signé un accord sur les îles.",
        "« Nous n’accepterons pas cela », a-t-il répété.",
        "Le traité a été conclu grâce à la médiation de l’évêque.",
        "Ça ne suffit pas.",
        "Un vœu pieux, selon sa sœur aînée.",
        "Noël approche et la trêve tient.",
    ),
    "German": (
        "Der Minister lehnte den Vorschlag ab und verließ Genf.",
        "Die Brücke über den Fluß bleibt geschlossen.",
        "Für Österreich ist das unannehmbar.",
        "Er erklärte: „Wir prüfen das Angebot.“",
        "Die Gespräche wurden auf März verschoben.",
        "Äußerungen dieser Art helfen nicht.",
        "Das größte Hindernis ist die Grenze.",
        "Übermorgen wird abgestimmt.",
    ),
    "Spanish": (
        "El presidente rechazó la propuesta.",
        "¿Cuándo empezará la reunión?",
        "La delegación española llegó mañana.",
        "El año pasado no hubo acuerdo.",
        "¡Ni un paso atrás!",
        "Según el señor Ibáñez, habrá una solución política.",
        "La cigüeña vuela sobre el río.",
    ),
    "Portuguese": (
        "O presidente não aceitou a proposta.",
        "As negociações começam amanhã em São Paulo.",
        "A questão das fronteiras será discutida.",
        "Três países assinaram a declaração.",
        "É preciso que ambos os lados recuem.",
        "O acordo põe fim à guerra.",
    ),
    "English": (
        "The minister’s reply was short.",
        "“We will not accept this,” he said.",
        "The talks – the third this year – failed.",
        "She left the café without a word.",
        "A détente is not an entente—not yet.",
        "The fine was £300 million.",
        "Talks resume in Zürich on Monday.",
        "It was a fait accompli, a coup d’état in all but name.",
    ),
}
CYRILLIC = {
    "Russian": (
        "Президент отклонил предложение.",
        "Мы не согласимся на это.",
        "МИД России заявил, что переговоры продолжатся в Женеве.",
        "Стороны не договорились.",
        "нет",
        "По словам министра, НАТО (NATO) не ответила на письмо.",
    ),
    "Ukrainian": ("Президент відхилив пропозицію.", "Сторони не домовилися про це."),
    "Bulgarian": ("Президентът отхвърли предложението.", "Страните не се споразумяха."),
}
CENTRAL = {
    "Polish": ("Minister odrzucił propozycję rządu.", "Rozmowy zostały przełożone na środę."),
    "Czech": ("Ministr odmítl návrh a odjel ze země.", "Příští schůzka bude v březnu."),
    "Hungarian": (
        "A miniszter elutasította a javaslatot, és elhagyta az ülést.",
        "Erről később döntünk, mondta a miniszter.",
    ),
}
FOREIGN = (
    ("cp1253", "Ο πρόεδρος απέρριψε την πρόταση."),
    ("cp1255", "הנשיא דחה את ההצעה."),
    ("cp1256", "رفض الرئيس الاقتراح."),
    ("cp1254", "Başkan öneriyi reddetti, görüşmeler yarın."),
    ("cp1257", "Ministras atmetė pasiūlymą šiandien."),
    ("gb18030", "外交部发言人表示，双方将继续谈判，并希望尽快达成协议。"),
)
