-- One sync's claims about one module version, without a walk through all its others.
drop index claim_module;
create index claim_module on claim (path, version, sync_id);
