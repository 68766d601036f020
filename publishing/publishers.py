"""`publishers["alias"]`: the configured publisher backends, in the manner of Django's caches."""

from collections.abc import Iterator, Mapping
from threading import local

from django.conf import settings
from django.utils.module_loading import import_string

from publishing.backends.base import Publisher


class Publishers(Mapping[str, Publisher]):
    """One backend object per alias and thread. An alias that is not configured is a KeyError."""

    def __init__(self) -> None:
        self._made = local()

    def __getitem__(self, alias: str) -> Publisher:
        options = settings.PUBLISHERS[alias]
        made: dict[str, tuple[object, Publisher]] = self._made.__dict__
        if alias not in made or made[alias][0] is not options:
            backend = import_string(options["BACKEND"])
            made[alias] = (options, backend(**options.get("OPTIONS", {})))
        return made[alias][1]

    def __iter__(self) -> Iterator[str]:
        return iter(settings.PUBLISHERS)

    def __len__(self) -> int:
        return len(settings.PUBLISHERS)


publishers = Publishers()
