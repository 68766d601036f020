"""Why a draft comes back. Each tag carries a sentence that helps the author; it can be edited."""

from django.db.models import TextChoices


class Reason(TextChoices):
    UNCLEAR = "unclear", "Not clear enough"
    NAMES_PERSON = "names_person", "Names a person"
    LOCATION = "location", "Too exact a location"
    LIVE_INCIDENT = "live_incident", "Live incident"
    TONE = "tone", "Tone"
    UNCONFIRMED = "unconfirmed", "Not confirmed"
    TIMING = "timing", "Wrong time"
    DUPLICATE = "duplicate", "Already said elsewhere"
    OTHER = "other", "Something else"


SENTENCES: dict[Reason, str] = {
    Reason.UNCLEAR: "Say in one sentence what you want people to know or do.",
    Reason.NAMES_PERSON: "Leave out the name: say “a 34-year-old man from the town” instead.",
    Reason.LOCATION: "Name the area and not the street, so that nobody's home can be found.",
    Reason.LIVE_INCIDENT: "Wait until it is over, or say only what people must do now.",
    Reason.TONE: "Write it as you would say it at a public meeting.",
    Reason.UNCONFIRMED: "Post only what is confirmed. Send it again when you know.",
    Reason.TIMING: "Please choose another time; other tweets go out around then.",
    Reason.DUPLICATE: "The force has said this already. Ask us to retweet it on your account.",
    Reason.OTHER: "",
}
