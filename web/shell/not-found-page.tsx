import { notFound as en } from '../client/messages/en/not-found.ts';
import { notFound as zh } from '../client/messages/zh/not-found.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  const { back } = useMessages().shell;
  const notFound = useTexts({ zh, en });
  return (
    <Page title={notFound.title} back={{ href: paths.map(), label: back }}>
      <p>{notFound.body}</p>
      <ButtonLink variant="primary" icon={laterIcons.map} href={paths.map()} onClick={goInApp}>
        {notFound.toMap}
      </ButtonLink>
      <ButtonLink icon="list" href={paths.streets()} onClick={goInApp}>
        {notFound.toStreets}
      </ButtonLink>
    </Page>
  );
}
