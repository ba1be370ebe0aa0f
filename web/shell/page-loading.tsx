import { useMessages } from '../client/messages.ts';
import { Skeleton } from '../ui/skeleton.tsx';

/** While a page's code is fetched. */
export function PageLoading() {
  return (
    <main>
      <Skeleton rows={4} label={useMessages().shell.loading} />
    </main>
  );
}
