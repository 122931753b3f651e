"""The one place where the parts are chosen and joined: store, register, readers, similarity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from archive import keys
from archive.archive import Archive
from archive.assignments import Assignments
from archive.claims import Claims
from archive.decisions import Decisions
from archive.errors import ArchiveError
from archive.hints import HintLog
from archive.journal.book import Journal
from archive.journal.entering import enter_owed
from archive.journal.events import PROGRAM
from archive.journal.index import JournalIndex
from archive.journal.key_list import introduce
from archive.journal.ports import JournalStore
from archive.quarantine import Quarantine
from archive.readings import Readings
from archive.receiving import LockedOnReceipt
from archive.references import ReferenceArchive
from archive.register import Register
from archive.sightings import Sightings
from archive.stores.bucket_exchange import BucketExchange
from archive.stores.exchange import Exchange
from archive.stores.folder_exchange import FolderExchange
from archive.stores.local import REGISTER, LocalStore
from archive.stores.protocol import ObjectStore, RetentionStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings, client_for
from extractors.calibration import Calibration, shipped
from extractors.engines.similarity import WordVectors
from flows.buckets import refuse_unlocked, s3_settings
from flows.endpoints import protected
from flows.isolation import ReadingPool
from flows.journal_keys import signing_keys
from flows.logs import tell
from flows.references import ReferenceLists
from flows.register_endpoint import register_address
from flows.rules import reading_rules
from flows.settings import Settings
from schemas.ports import Similarity
from schemas.results import ShipmentResult
from validators import Tolerances


@dataclass(frozen=True)
class Workshop:
    """Everything that a shipment's steps work with, for one process. It stays in it: no run hands it on."""

    settings: Settings
    archive: Archive
    register: Register
    readers: ReadingPool
    lists: ReferenceLists
    claims: Claims
    decisions: Decisions
    readings: Readings
    place: str
    journal: Journal

    @cached_property
    def similarity(self) -> Similarity:
        """Loaded when the first descriptions are compared: it takes about a second."""
        return _word_vectors()

    @cached_property
    def witness(self) -> JournalStore | None:
        """Where checkpoints of the journal are kept too, under credentials of its own; None where nowhere."""
        return _witness(self.settings)

    @cached_property
    def hints(self) -> HintLog:
        """What corrections taught about exporters' papers."""
        return HintLog(self.claims.store)

    @property
    def quarantine(self) -> Quarantine:
        return Quarantine(self.claims.store)

    @property
    def assignments(self) -> Assignments:
        """What people said of which pages are which paper."""
        return Assignments(self.decisions.store)

    @property
    def sightings(self) -> Sightings:
        """What was seen at second looks, under the rules of reading."""
        return Sightings(self.readings.store, self.readings.rules)

    @property
    def tolerances(self) -> Tolerances:
        cut = self.calibration.cut(self.settings.risk)
        return Tolerances(
            required_documents=self.settings.required_documents,
            confidence_cut=cut.confidence,
            weight_share=Decimal(str(self.settings.weight_share)),
            sum_share=Decimal(str(self.settings.sum_share)),
            same_name=self.settings.same_name,
            freight_share=Decimal(str(self.settings.freight_share)),
            low_price_share=Decimal(str(self.settings.low_price_share)),
            enough_history=self.settings.enough_history,
        )

    @property
    def calibration(self) -> Calibration:
        return shipped()

    def place_of(self, result: ShipmentResult) -> str:
        """Where a person finds the stored result."""
        revision = keys.Revision(result.broker, result.reference, result.revision)
        return f"{self.place}/{revision.result}"


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept, without what reads papers: for questions about it, which are answered at once."""

    settings: Settings
    store: RetentionStore
    register: Register
    lists: ReferenceLists
    place: str
    journal: Journal

    @property
    def witness(self) -> JournalStore | None:
        """As that of a `Workshop`."""
        return _witness(self.settings)

    @property
    def archive(self) -> Archive:
        return Archive(self.store, clock=_now)

    @property
    def hints(self) -> HintLog:
        """As those of a `Workshop`."""
        return HintLog(self.store)


@cache
def _word_vectors() -> WordVectors:
    """One for all workshops of this process."""
    return WordVectors()


@contextmanager
def open_records(settings: Settings) -> Iterator[Records]:
    """The register as it stands: what a killed process committed enters it when a workshop is opened next.

    Raises `ArchiveError` where store, register or journal key cannot be used, `WrongSettingsError` for their settings.
    """
    store, place = _store(settings)
    lists = ReferenceLists(ReferenceArchive(store, clock=_now))
    with closing(_register(settings)) as register, _journal(settings, store) as journal:
        yield Records(settings, store, register, lists, place, journal)


@contextmanager
def open_workshop(settings: Settings) -> Iterator[Workshop]:
    """The parts as the settings name them; what was committed by a killed process enters the register first.

    Raises as `open_records`.
    """
    store, place = _store(settings)
    archive = Archive(store, clock=_now)
    lists = ReferenceLists(ReferenceArchive(store, clock=_now))
    kept = Readings(store, reading_rules(settings))
    claims, decisions = Claims(store), Decisions(store)
    with closing(_register(settings)) as register, _journal(settings, store) as journal:
        register.catch_up(archive)
        _bring_up(journal)
        with ReadingPool(settings) as readers:
            yield Workshop(settings, archive, register, readers, lists, claims, decisions, kept, place, journal)


def _bring_up(journal: Journal) -> None:
    """The keys that sign are entered, and what killed processes left over."""
    try:
        introduce(journal, PROGRAM, _now())
        enter_owed(journal, _now())
    except ArchiveError as error:
        tell("journal", level="error", told={"error": type(error).__name__})  # Work goes on; it stays noted.


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _register(settings: Settings) -> Register:
    return Register(register_address(settings) or settings.data_dir / REGISTER)


@contextmanager
def _journal(settings: Settings, store: ObjectStore) -> Iterator[Journal]:
    """The journal with the keys that the settings name; its index lies beside the register's tables."""
    keyring = signing_keys(settings)
    with closing(JournalIndex(register_address(settings) or settings.data_dir / REGISTER)) as index:
        yield Journal(store, index, keyring)


def _witness(settings: Settings) -> JournalStore | None:
    if settings.witness_bucket is not None:
        return S3Store(_witness_settings(settings, settings.witness_bucket))
    return LocalStore(settings.witness_dir) if settings.witness_dir else None


def _witness_settings(settings: Settings, bucket: str) -> S3Settings:
    endpoint, region = settings.witness_endpoint, settings.witness_region
    access, secret = settings.witness_access_key, settings.witness_secret_key
    where = S3Settings(
        bucket=bucket,
        endpoint=protected(endpoint, settings, name="TIDEWAITER_WITNESS_ENDPOINT") if endpoint else None,
        access_key=access.get_secret_value() if access else None,
        secret_key=secret.get_secret_value() if secret else None,
    )
    return replace(where, region=region) if region else where


def _store(settings: Settings) -> tuple[RetentionStore, str]:
    store, place = _bare_store(settings)
    return LockedOnReceipt(store, _now, settings.retention_open_days), place


def _bare_store(settings: Settings) -> tuple[RetentionStore, str]:
    match settings.store:
        case "local":
            return LocalStore(settings.data_dir), str(settings.data_dir)
        case "s3":
            settings.data_dir.mkdir(parents=True, exist_ok=True)  # For the register, where it is not in a database.
            return _bucket(settings), f"s3://{settings.s3_bucket}"


def open_exchange(settings: Settings) -> Exchange:
    """Where inbox and outbox are: a folder, or a bucket. Raises `StoreError`."""
    if folder := exchange_folder(settings):
        return FolderExchange(folder)
    return BucketExchange(client_for(s3_settings(settings)), settings.exchange_bucket or settings.s3_bucket)


def exchange_folder(settings: Settings) -> Path | None:
    """The folder with inbox and outbox, None where they are in a bucket."""
    is_folder = settings.store == "local" or "exchange_dir" in settings.model_fields_set
    return settings.exchange_dir if is_folder else None


def _bucket(settings: Settings) -> RetentionStore:
    refuse_unlocked(settings)
    return S3Store(s3_settings(settings))
