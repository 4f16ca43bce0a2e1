SMcallback2({
 "stores": [
  {
   "id": 11,
   "name": "St. Ita&#39;s Church",
   "address": "300 Quarry Rd, Slatebridge, VT 05701",
   "phone": "802-555-0120",
   "email": "",
   "url": "http://stita.example",
   "description": "<p>Pastor: Rev. Leo Marchetti</p><p>Founded 1871</p>",
   "latitude": 43.6,
   "longitude": -72.97,
   "custom_field_1": null
  },
  {
   "id": 12,
   "name": "Christ the King",
   "address": "66 S. Main Street<br>Slatebridge, Vermont 05701",
   "phone": "",
   "email": "ctk@ctk.example",
   "url": "",
   "de