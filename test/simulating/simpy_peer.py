"""Contacts per second of SimPy on one queue with abandonment: arrivals, handle times and patience drawn beforehand, within the time taken, as ours are."""
import random
import sys
import time

import simpy

agents, contacts, seconds, aht, patience = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
started = time.process_time()
draw = random.Random(1)
arrivals = sorted(draw.random() * seconds for _ in range(contacts))
handling = [draw.expovariate(1 / aht) for _ in range(contacts)]
patiences = [draw.expovariate(1 / patience) for _ in range(contacts)]
answered_in_time = 0
abandoned = 0


def contact(environment, team, handle, patience_seconds):
    global answered_in_time, abandoned
    arrived = environment.now
    with team.request() as turn:
        result = yield turn | environment.timeout(patience_seconds)
        if turn not in result:
            abandoned += 1
            return
        if environment.now - arrived <= 20:
            answered_in_time += 1
        yield environment.timeout(handle)


def source(environment, team):
    for arrival, handle, patience_seconds in zip(arrivals, handling, patiences):
        yield environment.timeout(arrival - environment.now)
        environment.process(contact(environment, team, handle, patience_seconds))


environment = simpy.Environment()
team = simpy.Resource(environment, agents)
environment.process(source(environment, team))
environment.run()
spent = time.process_time() - started
print(contacts / spent, answered_in_time / contacts, abandoned / contacts)
