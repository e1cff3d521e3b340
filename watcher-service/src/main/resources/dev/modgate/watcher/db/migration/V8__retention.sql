-- Whose turn it is to purge: one row.
create table purge_turn (
  id           integer primary key,
  next_at      timestamp(3) with time zone not null,
  lease        varchar(36), -- of who purges just now
  leased_until timestamp(3) with time zone
);

-- What was purged, a row for each kind of thing.
create table purge_count (
  what         varchar(32) primary key,
  deleted      bigint not null, -- by the last purge
  deleted_ever bigint not null,
  purged_at    timestamp(3) with time zone not null
);

-- The newest commit of a repository, and the oldest change of a source.
create index commit_seen_newest on commit_seen (source, repository, found_at);
create index source_change_at on source_change (at);

-- Syncs that ended, in one order.
drop index sync_finished;
create index sync_finished on sync (finished_at, id);
