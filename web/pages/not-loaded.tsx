import { refusalWords } from '../features/office-editor/refusal-words.ts';
import { useEditorTexts } from '../features/office-editor/use-editor-texts.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Loaded } from './use-loaded.ts';

/** While a place is on its way, and when it does not come: why, and what to do. */
export function NotLoaded({ loaded, retry }: { loaded: Loaded<unknown>; retry: () => void }) {
  const t = useEditorTexts();
  if (loaded.status === 'loading' || loaded.status === 'found') return <Skeleton rows={6} label={t.loading} />;
  return (
    <div role="alert">
      <p>{refusalWords(loaded, t)}</p>
      {loaded.status === 'signed-out' ? (
        <ButtonLink
          variant="primary"
          href={`/sign-in?to=${encodeURIComponent(window.location.pathname + window.location.search)}`}
        >
          {t.failures.signIn}
        </ButtonLink>
      ) : (
        loaded.status !== 'not-found' && (
          <Button variant="primary" icon="refresh" onClick={retry}>
            {t.failures.retry}
          </Button>
        )
      )}
    </div>
  );
}
