// Identifies a machine for telemetry, which is off here.
exports.getDeviceId = async () => '00000000-0000-0000-0000-000000000000';
