slw({
 "settings": {
  "store_list_layout": "Left"
 },
 "stores": [
  {
   "storeid": "Cor",
   "name": "Corpus Christi",
   "data": {
    "address": "55 Basin Rd, Salt Wells, NV 89501, USA",
    "phone": "775-555-0101",
    "email": "cc@corpuschristi.example",
    "website": "https://corpuschristi.example",
    "map_lat": 39.5,
    "map_lng": -119.8,
    "description": "<p>Sunday Mass <b>9:00 AM</b></p>"
   },
   "filters": []
  },
  {
   "storeid": "San",
   "name": "Santo Ni\u00f1o de Atocha",
   "data": {
    "address": "700 Playa 