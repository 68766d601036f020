"""X keeps what every publisher keeps, whatever its requests are signed with."""

import logging

import pytest

from publishing.backends.base import CannotAsk, Cause, NotSent
from tests.publishing.kit import (
    Contract,
    OverTheWire,
    picture,
    published,
    tweet,
)
from tests.publishing.x.platform import X


class TestXByOAuth2(OverTheWire):
    @pytest.fixture
    def platform(self, by_oauth2: X) -> X:
        return by_oauth2


class TestXByOAuth1(Contract):
    """What signs the requests is another; the wire is the same."""

    @pytest.fixture
    def platform(self, by_oauth1: X) -> X:
        return by_oauth1

    def test_signs_without_a_word_about_it(
        self, platform: X, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        published(platform, tweet(platform, media=(picture("A lamp"),)))
        platform.x.revoke()
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS
        told = caplog.text + repr(answer) + repr(vars(platform.publisher))
        assert not [secret for secret in platform.confidential if secret in told]

    def test_cannot_renew_its_access(self, platform: X) -> None:
        platform.x.revoke()
        with pytest.raises(CannotAsk):
            platform.publisher.profile(platform.account, platform.secrets)
        assert (platform.secrets.renewals, platform.x.refreshes) == (0, 0)
