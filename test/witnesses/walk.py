"""Walks through every service with boto3, and reads it with the AWS CLI, in one process."""

import base64
import contextlib
import datetime
import io
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError


def filled(value, kept):
    if isinstance(value, str):
        return kept.get(value[1:], value) if value.startswith('$') else value
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, dict):
        if list(value) == ['$bytes']:
            return base64.b64decode(value['$bytes'])
        return {key: filled(item, kept) for key, item in value.items()}
    return value


def at(answer, path):
    for key in path.split('.'):
        answer = answer[int(key) if isinstance(answer, list) else key]
    return answer


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return {'$bytes': base64.b64encode(value).decode()}
    return str(value)


def client_of(name, endpoint):
    config = Config(inject_host_prefix=False, retries={'total_max_attempts': 1})
    return boto3.client(name, endpoint_url=endpoint, config=config)


def walk(service, endpoint):
    own = client_of(service['boto'], endpoint)
    kept = {}
    for step in service['steps']:
        name = step['operation']
        client = client_of(step['of'], endpoint) if 'of' in step else own
        call = getattr(client, xform_name(name[0].upper() + name[1:]))
        try:
            answer = call(**filled(step['input'], kept))
        except ClientError as error:
            yield {'error': error.response['Error']['Code']}
            continue
        except Exception as error:
            yield {'error': repr(error)}
            continue
        answer.pop('ResponseMetadata', None)
        for variable, path in step.get('keep', {}).items():
            kept[variable] = at(answer, path)
        yield {'answer': answer}


def command_line(service, endpoint):
    from awscli.clidriver import create_clidriver

    words = service['cli']['words']
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = create_clidriver().main([*words, '--endpoint-url', endpoint, '--output', 'json'])
    return {'code': code, 'answer': json.loads(out.getvalue() or 'null')}


def main():
    wanted = json.load(sys.stdin)
    try:
        import awscli  # noqa: F401

        has_cli = True
    except ImportError:
        has_cli = False
    for service in wanted['walks']:
        found = {'service': service['service'], 'steps': list(walk(service, wanted['endpoint']))}
        if has_cli:
            found['cli'] = command_line(service, wanted['endpoint'])
        print(json.dumps(found, default=plain), flush=True)


main()
