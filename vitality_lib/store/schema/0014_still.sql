-- A page that still stands need not be looked at again.

ALTER TABLE pages ADD COLUMN quiet boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pages.quiet IS 'Nothing in it or in its headers keeps any crawler from reading it, now or after a date: when its server says that it is unchanged, it need not be read for that again.';
