/** Which day it is, for what is accepted until a day; a command can say another one. */
export class Today {
    private said: string | undefined;

    /** @param day as `2027-03-31`; undefined: that of the clock of this machine */
    set(day: string | undefined): void {
        this.said = day;
    }

    /** As `2027-03-31`. */
    get day(): string {
        if (this.said !== undefined) return this.said;
        const now = new Date();
        const two = (number: number) => String(number).padStart(2, '0');
        return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    }
}
