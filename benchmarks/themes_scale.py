"""100,000 and 1,000,000 answers of 55 words to themes: campaigns, vectors, themes and titles.

The promise: under 45 seconds and 1.4 GB, under 8 minutes and 5 GB. Answers are drawn from the
sentences of real ones, each from those of one human label. Beside it a bare pass over the same
answers (TF-IDF and mini-batch k-means: no campaigns, no titles). Themes of very many answers are
formed from a draw; what that costs in agreement with the labels is measured where all can be
compared as well.
"""

from __future__ import annotations

import sys
import time

from answers.made import made_answers
from answers.passes import measured, report, say_where, verdict

SIZES = ((100_000, 45, 1_400), (1_000_000, 480, 5_000))
SEED = 20
# As many are compared for each that is drawn as with 100,000 answers and a draw of 12,000.
COMPARED, DRAWN = 30_000, 3_600


def folkmoot_pass(number: int, drawn: int = 0) -> None:
    from sklearn.metrics import normalized_mutual_info_score

    from folkmoot.texts import discovery

    texts, labels = made_answers(number, SEED)
    if drawn:
        discovery.MOST_COMPARED = drawn
    began, worked = time.perf_counter(), time.process_time()
    found = discovery.discover_themes(texts)
    seconds = time.perf_counter() - began
    themes = [each.theme_id or 0 for each in found.assignments]
    report(
        seconds=seconds,
        processor_seconds=time.process_time() - worked,
        themes=len(found.themes),
        left_out=sum(each.theme_id is None for each in found.assignments)
        - found.empty
        - found.cannot_tell,
        nmi=normalized_mutual_info_score(labels, themes),
    )


def bare_pass(number: int, themes: int) -> None:
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import normalized_mutual_info_score

    texts, labels = made_answers(number, SEED)
    began, worked = time.perf_counter(), time.process_time()
    weighed = TfidfVectorizer(stop_words="english", min_df=3, sublinear_tf=True)
    means = MiniBatchKMeans(n_clusters=themes, n_init=3, random_state=SEED)
    groups = means.fit_predict(weighed.fit_transform(texts))
    seconds = time.perf_counter() - began
    report(
        seconds=seconds,
        processor_seconds=time.process_time() - worked,
        themes=themes,
        nmi=normalized_mutual_info_score(labels, groups),
    )


def main() -> None:
    """Print both passes for each size, their ratio, and whether the promises are kept."""
    say_where("Answers of 55 words to themes, end to end")
    for number, seconds, megabytes in SIZES:
        own = measured(__file__, "folkmoot", str(number))
        bare = measured(__file__, "bare", str(number), str(own["themes"]))
        for name, took in (("Folkmoot", own), ("TF-IDF and k-means", bare)):
            print(
                f"{number:>9,} {name:20} {took['seconds']:7.1f} s "
                f"({took['processor_seconds']:.0f} s of processors)  {took['megabytes']:6.0f} MB  "
                f"{took['themes']} themes  NMI {took['nmi']:.3f}"
            )
        print(f"Ratio of time to the bare pass: {own['seconds'] / bare['seconds']:.2f}")
        kept = own["seconds"] < seconds and own["megabytes"] < megabytes and not own["left_out"]
        verdict(f"under {seconds} s and {megabytes:,} MB, nothing left out", kept=kept)
    whole = measured(__file__, "folkmoot", str(COMPARED), str(COMPARED))
    drawn = measured(__file__, "folkmoot", str(COMPARED), str(DRAWN))
    print(
        f"{COMPARED:,} answers, all compared: NMI {whole['nmi']:.3f}; "
        f"{DRAWN:,} drawn: {drawn['nmi']:.3f}, a loss of {whole['nmi'] - drawn['nmi']:.3f}"
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        given = [int(number) for number in sys.argv[2:]]
        {"folkmoot": folkmoot_pass, "bare": bare_pass}[sys.argv[1]](*given)
    else:
        main()
