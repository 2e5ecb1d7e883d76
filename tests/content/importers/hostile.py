"""Files that mean harm, or look like it: each is a name and its bytes, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

MEGABYTES = 1_999_000  # nearly all that a file may have


def fill(unit: str, before: str = "", after: str = "") -> bytes:
    """A file of the largest size, mostly of one text again and again."""
    room = MEGABYTES - len((before + after).encode())
    return (before + unit * (room // len(unit.encode())) + after).encode()


def count(line: str, times: int, before: str = "", after: str = "") -> bytes:
    return (before + "".join(line.format(n) for n in range(times)) + after).encode()


def alias_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines).encode()


OURS = '{"format": "offramp-questions", "questions": ['


def ours(question: str) -> bytes:
    return f"{OURS}{question}]}}".encode()


# Each is refused, by a fault that names a place.
REFUSED: dict[str, Callable[[], bytes]] = {
    "alias bomb.yaml": alias_bomb,
    "many aliases.yaml": lambda: fill("*a,", "questions: [&a x,"),
    "deep list.yaml": lambda: b"[" * 100_000,
    "deep map.yaml": lambda: b"{a: " * 100_000,
    "deep blocks.yaml": lambda: b"questions:\n" + b"- " * 100_000,
    "deep question.yaml": lambda: b"questions: [{a: " + b"[" * 100_000,
    "many values.yaml": lambda: fill("x,", "questions: [", "]"),
    "many empty questions.yaml": lambda: fill("{},", "questions: [", "]"),
    "many broken questions.yaml": lambda: count("- {{kind: single, k{}: 1}}\n", 5_000, "questions:\n"),
    "many keys.yaml": lambda: count("  k{}: 1\n", 45_000, "questions:\n- kind: single\n"),
    "many keys twice.yaml": lambda: count("k: 1\n", 45_000, "questions: []\n"),
    "many accepted answers.yaml": lambda: count("a{},", 90_000, "questions: [{kind: typed, accept: [", "]}]"),
    "many options.yaml": lambda: fill("x,", "questions: [{kind: several, options: [a], key: [", "]}]"),
    "many tags.yaml": lambda: fill("!x a,", "questions: [", "]"),
    "many tag directives.yaml": lambda: count("%TAG !a{}! x\n", 100_000, "", "---\nquestions: []\n"),
    "many documents.yaml": lambda: fill("---\n"),
    "many anchors.yaml": lambda: count("- &a{} x\n", 90_000, "questions:\n"),
    "python tag.yaml": lambda: b"questions: !!python/object/apply:os.system ['touch /tmp/harm']",
    "include.yaml": lambda: b"questions: !include /etc/passwd",
    "merge key.yaml": lambda: b"base: &b {kind: typed}\nquestions:\n- <<: *b\n  prompt: x\n  key: y",
    "escaped controls.yaml": lambda: fill("\\0", 'questions: [{kind: typed, prompt: "', '", key: x}]'),
    "escaped surrogate.yaml": lambda: b'questions: [{kind: typed, prompt: "\\ud800", key: x}]',
    "surrogate bytes.yaml": lambda: b"questions: [{kind: typed, prompt: \xed\xa0\x80, key: x}]",
    "huge number.yaml": lambda: fill("9", "questions: [{kind: number, prompt: x, key: ", "}]"),
    "not a number.yaml": lambda: b"questions: [{kind: number, prompt: x, key: .nan}]",
    "huge text.yaml": lambda: fill("word ", "questions: [{kind: typed, key: x, prompt: ", "}]"),
    "expanding text.yaml": lambda: fill("\ufdfa", "questions: [{kind: typed, prompt: x, key: ", "}]"),
    "huge kind.yaml": lambda: fill("x", "questions: [{kind: ", "}]"),
    "comments.yaml": lambda: fill("# x\n"),
    "blank lines.yaml": lambda: fill("\n"),
    "spaces.yaml": lambda: fill(" "),
    "open quote.yaml": lambda: fill("x\n", 'questions: "'),
    "question marks.yaml": lambda: fill("? "),
    "carriage returns.yaml": lambda: fill("\r", "questions:\r- kind: typed\r  key: x\r  prompt: ", "a: b"),
    "NUL.yaml": lambda: b"questions:\n- prompt: a\x00b",
    "UTF-16.yaml": lambda: "questions: []".encode("utf-16"),
    "UTF-32.yaml": lambda: "questions: []".encode("utf-32"),
    "Latin-1.yaml": lambda: "questions: [Glück]".encode("latin-1"),
    "many questions.red.yaml": lambda: count("q{}: [a]\n", 30_000),
    "many answers.red.yaml": lambda: count("- a{}\n", 90_000, "q:\n"),
    "same answers.red.yaml": lambda: fill("- a\n", "q:\n"),
    "texts for lists.red.yaml": lambda: count("q{}: a\n", 45_000),
    "long question.red.yaml": lambda: fill("x", "? ", "\n: [a]"),
    "deep list.json": lambda: b"[" * 100_000,
    "deep map.json": lambda: b'{"a":' * 100_000,
    "closed deep list.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "NaN.json": lambda: ours('{"kind": "number", "prompt": "x", "key": NaN}'),
    "Infinity.json": lambda: ours('{"kind": "number", "prompt": "x", "key": -Infinity}'),
    "huge number.json": lambda: fill("9", OURS + '{"kind": "number", "prompt": "x", "key": ', "}]}"),
    "huge exponent.json": lambda: ours('{"kind": "number", "prompt": "x", "key": 1e999999999}'),
    "duplicate keys.json": lambda: b'{"format": "offramp-questions", "questions": [], "questions": []}',
    "many duplicate keys.json": lambda: fill('"a":1,', '{"format": "offramp-questions", ', '"b": 1}'),
    "many values.json": lambda: fill("1,", OURS, "1]}"),
    "lone surrogate.json": lambda: ours('{"kind": "typed", "prompt": "x", "key": "\\ud800"}'),
    "many lone surrogates.json": lambda: fill('"\\udfff",', OURS, '""]}'),
    "swapped surrogates.json": lambda: b'["\\ude00\\ud83d"]',
    "escaped NUL.json": lambda: ours('"\\u0000"'),
    "UTF-16.json": lambda: '{"format": "offramp-questions"}'.encode("utf-16-le"),
    "open text.json": lambda: fill("x", '{"format": "'),
    "escapes.json": lambda: fill("\\u0041", '["', '"]'),
    "colons.json": lambda: fill(":", "{"),
    "blanks.json": lambda: fill(" \n"),
    "entities.opentdb.json": lambda: fill("&amp;", '[{"type":"multiple","question":"', '"}]'),
    "percent.opentdb.json": lambda: fill("%ED%A0%80", '[{"type":"multiple","question":"', '"}]'),
    "entities in answers.opentdb.json": lambda: fill("&#x80;", '{"results":[{"correct_answer":"', '"}]}'),
    "not base64.opentdb.json": lambda: fill('{"type":"bXVsdGlwbGU=","question":"?"},', "[", "{}]"),
    "base64 NUL.opentdb.json": lambda: b'[{"type":"bXVsdGlwbGU=","question":"AAAA"}]',
    "many results.opentdb.json": lambda: fill('{"results":1},', '{"results":[', "1]}"),
    "million columns.csv": lambda: fill(","),
    "million named columns.csv": lambda: fill("question,", "correct,"),
    "million cells.csv": lambda: fill(",", "question,correct\na"),
    "million filled cells.csv": lambda: fill("a,", "question,correct\n"),
    "million rows.csv": lambda: fill("a\n", "question,correct\n"),
    "million empty rows.csv": lambda: fill("\n", "question,correct\n"),
    "one cell.csv": lambda: fill("x", "question,correct\n", ",a"),
    "one quoted cell.csv": lambda: fill("x\n", 'question,correct\n"', '",a'),
    "open quote.csv": lambda: fill("a,b\n", 'question,correct\n"'),
    "quotes.csv": lambda: fill('"', "question,correct\n"),
    "odd quotes.csv": lambda: fill('"a"b,', "question,correct\n"),
    "apostrophes.csv": lambda: fill("'", "question,correct\na,"),
    "carriage returns.csv": lambda: fill("\r", "question,correct"),
    "mixed line ends.csv": lambda: fill("\r\n\r", "question,correct\n\r"),
    "tabs.csv": lambda: fill("\t"),
    "separators.txt": lambda: fill(",;\t"),
    "NUL.csv": lambda: b"question,correct\na,\x00",
    "UTF-16.csv": lambda: "question,correct\na,b".encode("utf-16"),
    "spreadsheet.xlsx": lambda: b"PK\x03\x04" + bytes(1000),
    "spaces.txt": lambda: fill(" "),
    "blank lines.txt": lambda: fill("\n"),
    "open braces.txt": lambda: fill("{ ", "x"),
    "open braces.gift": lambda: fill("{"),
    "blocks.gift": lambda: fill("a{}\n\n"),
    "answers.gift": lambda: fill("~a", "a{"),
    "options.txt": lambda: fill("A. a\n", "question\n", "ANSWER: A\n"),
    "nothing.yaml": lambda: b"",
    "nothing.csv": lambda: b"",
    "nothing.txt": lambda: b"",
    "fifty megabytes.yaml": lambda: b"x" * 50_000_000,
}
