slw({
 "stores": [
  {
   "storeid": "HOL",
   "name": "HOLY GHOST",
   "data": {
    "address": "2 Beacon St\nLantern Hills, CT 06101",
    "phone": "860 555 0191",
    "website": "holyghost.example"
   },
   "filters": [
    "Parish",
    "Spanish Mass"
   ]
  },
  {
   "storeid": "Reg",
   "name": "Regina Coeli",
   "data": {
    "address": "6 Beacon St\nLantern Hills, CT 06101",
    "phone": "860 555 0192"
   },
   "filters": [
    "School"
   ]
  },
  {
   "storeid": "St.",
   "name": "St. Dymphna",
   "data": {
    "address": "11 Wick Ln\nTallow, CT 06102",
    "map_lat": 41.7,
    "map_lng": -72.6
   },
   "filters": [
    "Parish",
    "School"
   ]
  },
  {
   "storeid": "All",
   "name": "All Saints",
   "data": {
    "address": "90 Grove Rd\nTallow, CT 06102"
   },
   "filters": [
    "Cemeteries"
   ]
  }
 ]
});
