"""The tables of moods: what was read in a message, what a person says about it, and what still has to be read."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class MoodRow(SQLModel, table=True):
    """A message as it was read: ``risk`` (0 to 100) sorts, ``confidence`` is in percent, ``because`` is JSON."""

    __tablename__ = "message_mood"
    __table_args__ = (Index("mood_by_risk", "risk", "message_id"),)

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    mood: str
    kind: str
    language: str
    care: bool
    crisis: bool
    risk: int
    confidence: int
    because: str
    corrected: bool


class CorrectionRow(SQLModel, table=True):
    """What a person says of a message; later messages like it are read the same way."""

    __tablename__ = "triage_correction"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    text: str
    mood: str
    kind: str
    made_at: int


class WantedRow(SQLModel, table=True):
    """A message whose words nobody has read yet."""

    __tablename__ = "mood_wanted"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
