/* map */ var m = new SpecialMap(document.getElementById('parish-map')); m.start();
