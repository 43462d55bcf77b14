import ArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import ArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import ArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import Check from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import ChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import ChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import Search from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import Bag from '@tabler/icons-react/dist/esm/icons/IconShoppingBag.mjs';
import User from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import Close from '@tabler/icons-react/dist/esm/icons/IconX.mjs';

/*
 * The icons in use, one file each: the package's front door would load all six
 * thousand of them in development.
 */
export const ArrowDownIcon = ArrowDown;
export const ArrowLeftIcon = ArrowLeft;
export const ArrowUpIcon = ArrowUp;
export const BagIcon = Bag;
export const CheckIcon = Check;
export const ChevronLeftIcon = ChevronLeft;
export const ChevronRightIcon = ChevronRight;
export const CloseIcon = Close;
export const SearchIcon = Search;
export const UserIcon = User;
