"""What scripts say."""

from collections import Counter

from tracker.viewer.browser import words


def test_no_word_takes_the_place_of_another() -> None:
    parts = (words._everywhere, words._queue, words._board, words._ticket, words._form, words._search)
    times = Counter(key for part in parts for key in part())
    assert [key for key, number in times.items() if number > 1] == []
    assert set(times) == set(words.words())
