'use strict';
// What AWS puts beside code that stands in a template: `require('cfn-response')`.

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, status, data, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: status,
    Reason: `See the details in CloudWatch Log Stream: ${context.logStreamName}`,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const url = new URL(event.ResponseURL);
  const { request } = require(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  const put = request(url, { method: 'PUT', headers }, (response) => {
    console.log(`Status code: ${response.statusCode}`);
    response.resume();
    context.done();
  });
  put.on('error', (error) => {
    console.log(`send(..) failed executing request: ${error.message}`);
    context.done();
  });
  put.end(body);
};
