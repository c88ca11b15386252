import { Link } from '@tanstack/react-router';
import { EmptyState } from '../components/EmptyState';

/** An address of the page that leads nowhere. */
export function NotFound() {
  return (
    <EmptyState title="There is nothing here">
      <Link to="/">Go to the start</Link>
    </EmptyState>
  );
}
