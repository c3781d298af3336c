"""The domain: elders, entitlements, knowledge, orders, alarms, operators, audit."""
