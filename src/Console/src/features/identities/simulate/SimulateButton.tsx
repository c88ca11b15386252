import { Button } from '@fluentui/react-components';

/** Activates a device from the browser and writes changing values as it. */
export function SimulateButton({ connector, appearance }: { connector: string; appearance?: 'primary' | 'secondary' }) {
  return (
    <Button {...(appearance && { appearance })} data-connector={connector}>
      Simulate a device
    </Button>
  );
}
