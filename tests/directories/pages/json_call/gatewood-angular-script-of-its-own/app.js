(function () {
  'use strict';
  angular.module('parishes', []).controller('List', function ($scope, $http) {
    $scope.tip = '<b>Parish</b>';
    $http.get('api/parishes/all').then(function (answer) { $scope.parishes = answer.data; });
    $http.post('/api/login', {});
  });
})();
