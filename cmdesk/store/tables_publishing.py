"""The tables behind publishing that came after the first ones: a post's extras, and the lease of a file's queue."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class ExtrasRow(SQLModel, table=True):
    """What only some networks know of a post, as JSON; a post without any of it has no row."""

    __tablename__ = "post_extras"

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    extras: str


class CallRow(SQLModel, table=True):
    """Whether the call for a part that is being sent was begun. No row: a program that knew no such marks claimed it."""

    __tablename__ = "part_call"

    delivery_id: int = Field(primary_key=True, foreign_key="delivery.id")
    part: int = Field(primary_key=True)
    called_at: int | None = None


class ClockWordRow(SQLModel, table=True):
    """A person's word that our clock is right although a server's shows another time: by how much ours was ahead, in ms."""

    __tablename__ = "clock_word"

    server: str = Field(primary_key=True)
    ahead: int
    said_at: int


class LeaseRow(SQLModel, table=True):
    """The one row that says which program sends from this file. ``term`` grows with each new holder."""

    __tablename__ = "lease"
    __table_args__ = (CheckConstraint("id = 1", name="one_lease"),)

    id: int = Field(default=1, primary_key=True)
    holder: str
    host: str
    name: str
    process: int
    who: str
    taken_at: int
    said_at: int
    ended: bool
    term: int
