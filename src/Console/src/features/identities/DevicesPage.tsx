import { useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/PageHeader';
import { SimulateButton } from './simulate/SimulateButton';

/** The list of devices. */
export function DevicesPage() {
  const { connector } = useParams({ from: '/inside/connectors/$connector/devices' });
  return (
    <PageHeader title="Devices">
      <SimulateButton connector={connector} />
    </PageHeader>
  );
}
