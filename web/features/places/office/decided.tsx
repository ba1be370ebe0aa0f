import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';

/** What became of a proposal or a hand-over. */
export function Decided({ accepted }: { accepted: boolean }) {
  const { decide: m } = useTexts({ zh, en });
  return (
    <Badge tone={accepted ? 'good' : 'warning'} icon={accepted ? 'check' : 'close'}>
      {accepted ? m.wasAccepted : m.wasRejected}
    </Badge>
  );
}
