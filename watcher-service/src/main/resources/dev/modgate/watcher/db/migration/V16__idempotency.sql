-- What came with an Idempotency-Key, and what was answered.
create table idempotent_request (
  key_text     varchar(255) primary key,
  method       varchar(16)   not null,
  path         varchar(2000) not null, -- with its query
  body_sha256  varchar(64)   not null,
  lease        varchar(36), -- of who works on it; null once it is answered
  leased_until timestamp(3) with time zone,
  status       integer, -- null until it is answered
  content_type varchar(200),
  location     varchar(2000),
  answer       text,
  begun_at     timestamp(3) with time zone not null
);
create index idempotent_request_begun on idempotent_request (begun_at);
