-- What the host is to show beside a commit, and whether it knows.
create table tick (
  source       varchar(63)   not null,
  repository   varchar(400)  not null,
  commit_id    varchar(64)   not null,
  sync_id      varchar(36), -- null in an agent
  state        varchar(16)   not null, -- pending, success, failure
  description  varchar(140)  not null,
  link         varchar(2000) not null,
  changed      bigint        not null unique, -- rises with each change of what is to be shown, one at a time
  changed_at   timestamp(3) with time zone not null,
  look_at      timestamp(3) with time zone, -- when a sync that failed is looked at again
  sent_changed bigint, -- what the host knows
  sent_state   varchar(16),
  sent_at      timestamp(3) with time zone,
  attempts     integer       not null default 0, -- that failed, of what is to be shown now
  next_try     timestamp(3) with time zone, -- null where nothing is to be sent
  lease        varchar(36), -- of who sends it just now
  leased_until timestamp(3) with time zone,
  sentence     varchar(4000), -- why it is not sent
  primary key (source, repository, commit_id)
);
create index tick_due on tick (next_try);
create index tick_look on tick (look_at);
create index tick_state on tick (state);
create index tick_lease on tick (lease);

-- What is known of the repositories of a group.
create table source_group (
  source       varchar(63)  primary key,
  place        varchar(2000) not null, -- as declared: of another one nothing is known
  state        varchar(16)  not null, -- new, sized, imported
  next_look    timestamp(3) with time zone not null,
  lease        varchar(36), -- of who looks just now
  leased_until timestamp(3) with time zone,
  failures     integer      not null default 0, -- in a row
  listed_at    timestamp(3) with time zone, -- when its host last gave all of it
  sentence     varchar(4000) -- of the last look, for people
);

-- The repositories that a first listing found, until somebody confirms the import.
create table group_found (
  source     varchar(63)  not null,
  repository varchar(400) not null,
  primary key (source, repository)
);

-- What the last whole listing did not have: where the next one has not either, it leaves.
create table group_missing (
  source     varchar(63)  not null,
  repository varchar(400) not null,
  primary key (source, repository)
);
