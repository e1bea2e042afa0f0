import { request } from 'node:http';

/** What `/_lab/events` tells of, as far as it is read here. */
interface Happening {
  kind: 'call' | 'change';
  isRead?: boolean;
}

/** Calls back whenever the emulator on this port changed something; answers how to stop. `lost` is called when it ends. */
export function onEveryChange(port: number, changed: () => void, lost: () => void): () => void {
  let stopped = false;
  const end = () => {
    if (!stopped) lost();
    stopped = true;
  };
  const outgoing = request({ host: '127.0.0.1', port, path: '/_lab/events' }, (incoming) => {
    let rest = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (lines.some(tellsOfChange)) changed();
    });
    incoming.on('close', end);
  });
  outgoing.on('error', end);
  outgoing.end();
  return () => {
    stopped = true;
    outgoing.destroy();
  };
}

function tellsOfChange(line: string): boolean {
  if (!line.startsWith('data: ')) return false;
  const { kind, isRead } = JSON.parse(line.slice('data: '.length)) as Happening;
  return kind === 'change' || isRead === false;
}
