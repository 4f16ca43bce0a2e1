"""The one door to other people's sites. Everything fetched, by HTTP or by browser, goes through `web.door`."""
