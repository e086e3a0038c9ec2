"""The tables around the posts of a calendar. Days and wall times are ISO text; ``deleted_at`` lets an undo bring a row back."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class LabelRow(SQLModel, table=True):
    """A label's colour."""

    __tablename__ = "label"
    __table_args__ = (Index("one_label_per_name", "name", unique=True, sqlite_where=text("deleted_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    colour: str
    deleted_at: int | None = None


class PillarRow(SQLModel, table=True):
    """A theme, the label of its posts, and the share it should have."""

    __tablename__ = "pillar"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    label: str
    share: int
    colour: str
    deleted_at: int | None = None


class CampaignRow(SQLModel, table=True):
    """Days with one purpose."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    first: str
    last: str
    colour: str
    note: str
    deleted_at: int | None = None


class NoteRow(SQLModel, table=True):
    """Words on days."""

    __tablename__ = "calendar_note"

    id: int | None = Field(default=None, primary_key=True)
    text: str
    first: str
    last: str
    shared: bool
    colour: str
    uid: str
    deleted_at: int | None = None


class ColumnRow(SQLModel, table=True):
    """A column of the idea board."""

    __tablename__ = "idea_column"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    position: int
    name: str
    deleted_at: int | None = None


class IdeaRow(SQLModel, table=True):
    """An idea. Campaign and post are numbers without a key: what is undone may go before what refers to it."""

    __tablename__ = "idea"
    __table_args__ = (Index("idea_by_place", "column", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    column: int = Field(foreign_key="idea_column.id")
    position: int
    text: str
    labels: str
    campaign: int | None = None
    source: str
    source_ref: str
    day: str | None = None
    post: int | None = None
    created_at: int | None = None
    deleted_at: int | None = None


class OwnDateRow(SQLModel, table=True):
    """A day that matters to this client."""

    __tablename__ = "own_date"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    rule: str
    gentle: bool
    note: str
    deleted_at: int | None = None


class PostPlanRow(SQLModel, table=True):
    """What is intended for a post beyond its deliveries. No key to the post: the bin may be emptied under it."""

    __tablename__ = "post_plan"
    __table_args__ = (
        Index("plan_by_suggestion", "suggested", sqlite_where=text("suggested IS NOT NULL")),
        Index("plan_by_uid", "uid", sqlite_where=text("uid <> ''")),
    )

    post: int = Field(primary_key=True)
    suggested: str | None = None
    campaign: int | None = None
    uid: str


class SeriesTextRow(SQLModel, table=True):
    """Another wording of a post that repeats; occurrences take them in turn."""

    __tablename__ = "series_text"

    series_id: int = Field(foreign_key="series.id", primary_key=True)
    position: int = Field(primary_key=True)
    text: str


class ArrangementRow(SQLModel, table=True):
    """One thing that was arranged, as JSON steps that lead both ways. ``state`` is done, undone or void."""

    __tablename__ = "arrangement"
    __table_args__ = (Index("arrangement_by_state", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: int
    verb: str
    steps: str
    state: str
