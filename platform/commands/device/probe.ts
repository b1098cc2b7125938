import { tryChosen } from './try-chosen.ts';
import { FAILED, membersOf, obstacleOf } from './words.ts';

/** `yizhan device probe`: opens the device through its driver and shows what it says of itself. */
export const probe = (args: string[]): Promise<number> =>
  tryChosen('device probe', args, async (device, waitMs) => {
    const isThere = await device.until((status) => status.device === 'online', waitMs);
    console.log(
      `类别 Class: ${device.className}\n能力 Capabilities:\n${membersOf(device.capabilities)}\n状态 Status:\n${membersOf(device.status())}`,
    );
    if (isThere) return 0;
    console.error(obstacleOf(device));
    return FAILED;
  });
