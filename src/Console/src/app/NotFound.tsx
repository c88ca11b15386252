import { Link } from '@tanstack/react-router';
import { EmptyState } from '../components/EmptyState';
import { PageHeader } from '../components/PageHeader';

/** An address of the page that leads nowhere. */
export function NotFound() {
  return (
    <main style={{ padding: '16px' }}>
      <PageHeader title="Nothing is here" />
      <EmptyState title="There is no such screen">
        <Link to="/">Go to the start</Link>
      </EmptyState>
    </main>
  );
}
