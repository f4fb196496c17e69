#include "sandbox/book/change.h"

namespace livery::sandbox {

namespace {

template <class T>
void Put(Json& line, const char* key, const T& values) {
    if (!values.empty()) line[key] = values;
}

template <class T>
void Take(const Json& line, const char* key, T& values) {
    if (line.contains(key)) line.at(key).get_to(values);
}

}  // namespace

Json ToLine(const Change& change) {
    Json line{{"at", change.at}};
    Put(line, "payments", change.payments);
    Put(line, "refunds", change.refunds);
    Put(line, "setups", change.setups);
    Put(line, "methods", change.methods);
    Put(line, "movements", change.movements);
    Put(line, "events", change.events);
    Put(line, "delivered", change.delivered);
    Put(line, "answers", change.answers);
    Put(line, "hooks", change.hooks);
    if (change.clock != 0) line["clock"] = change.clock;
    return line;
}

Change FromLine(const Json& line) {
    Change change;
    line.at("at").get_to(change.at);
    Take(line, "payments", change.payments);
    Take(line, "refunds", change.refunds);
    Take(line, "setups", change.setups);
    Take(line, "methods", change.methods);
    Take(line, "movements", change.movements);
    Take(line, "events", change.events);
    Take(line, "delivered", change.delivered);
    Take(line, "answers", change.answers);
    Take(line, "hooks", change.hooks);
    Take(line, "clock", change.clock);
    return change;
}

}  // namespace livery::sandbox
