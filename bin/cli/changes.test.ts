import { templateChanges } from './changes';

const role = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: service } }] } },
});

test('changes name the resource, the path and both values', () => {
  const before = {
    Resources: { Role: role('config.amazonaws.com'), Old: { Type: 'AWS::SQS::Queue' } },
  };
  const after = {
    Resources: {
      Role: role('ssm.amazonaws.com'),
      Runbook: { Type: 'AWS::SSM::Document' },
      CDKMetadata: { Type: 'AWS::CDK::Metadata' },
    },
  };

  expect(templateChanges(before, after)).toEqual([
    '~ Role (AWS::IAM::Role)',
    '    AssumeRolePolicyDocument.Statement.0.Principal.Service: "config.amazonaws.com" → "ssm.amazonaws.com"',
    '+ Runbook (AWS::SSM::Document)',
    '- Old (AWS::SQS::Queue)',
  ]);
});

test('the same template changes nothing', () => {
  const template = { Resources: { Role: role('ssm.amazonaws.com') } };

  expect(templateChanges(template, structuredClone(template))).toEqual([]);
});
