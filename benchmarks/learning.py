"""What people found in 1,000 answers, learnt, and themes suggested for 100,000 that nobody read.

Answers of 55 words, drawn from the sentences of real ones, each from those of one human label: the
label is what a person finds in it. Beside it, in the same run, the machine's first reading of the
same answers (campaigns, vectors, themes, titles), which knows nothing of what people found.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from answers.made import made_answers
from answers.passes import measured, report, say_where, verdict

NUMBER, READ = 100_000, 1_000
SEED = 20
AT_ONCE = 2_000
MEMORY_MB = 2_000


def learning_pass(number: int) -> None:
    from folkmoot.texts.coding import learn_codes, next_to_code

    texts, labels = made_answers(number, SEED)
    began, used = time.perf_counter(), time.process_time()
    coder = learn_codes(texts[:READ], [str(label) for label in labels[:READ]], seed=SEED)
    learnt = time.perf_counter() - began
    right = likely = 0
    worth = []
    for start in range(READ, number, AT_ONCE):
        some = coder.suggest(texts[start : start + AT_ONCE])
        for at, each in enumerate(some, start):
            right += bool(each.codes) and each.codes[0].name == str(labels[at])
            likely += bool(each.codes)
            worth.append((-each.doubt, at))
    suggested = time.perf_counter() - began
    next_to_code([texts[at] for _, at in sorted(worth)[:AT_ONCE]], coder, many=200)
    most = Counter(labels).most_common(1)[0][1] / number
    report(
        seconds=time.perf_counter() - began,
        processor_seconds=time.process_time() - used,
        learning=learnt,
        suggesting=suggested - learnt,
        right=right / (number - READ),
        left_out=number - READ - likely,
        commonest=most,
    )


def first_pass(number: int) -> None:
    from folkmoot.texts import discover_themes

    texts, _ = made_answers(number, SEED)
    began, used = time.perf_counter(), time.process_time()
    discover_themes(texts)
    report(seconds=time.perf_counter() - began, processor_seconds=time.process_time() - used)


def main() -> None:
    if len(sys.argv) > 1:
        {"learning": learning_pass, "first": first_pass}[sys.argv[1]](int(sys.argv[2]))
        return
    say_where(f"{READ:,} answers that people read, {NUMBER:,} answers in all")
    ours = measured(__file__, "learning", str(NUMBER))
    first = measured(__file__, "first", str(NUMBER))
    print(
        f"{READ:,} answers learnt from, themes suggested for {NUMBER - READ:,}: "
        f"{ours['seconds']:.0f} s ({ours['processor_seconds']:.0f} s of processor), "
        f"{ours['megabytes']:,.0f} MB; of these {ours['learning']:.0f} s to learn with "
        f"cross-validation and {ours['suggesting']:.0f} s to suggest."
    )
    print(
        f"The first theme suggested is the label of {ours['right']:.1%} "
        f"(the commonest label: {ours['commonest']:.1%}); without a suggestion: "
        f"{ours['left_out']:,}."
    )
    times = ours["processor_seconds"] / first["processor_seconds"]
    print(
        f"The machine's first reading of the same: {first['seconds']:.0f} s "
        f"({first['processor_seconds']:.0f} s of processor), {first['megabytes']:,.0f} MB; "
        f"learning takes {times:.1f} times its processor."
    )
    verdict(f"under {MEMORY_MB:,} MB", kept=ours["megabytes"] < MEMORY_MB)


if __name__ == "__main__":
    main()
