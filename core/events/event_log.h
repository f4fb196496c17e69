#pragma once

#include <livery/ids.h>
#include <livery/ports/events.h>
#include <livery/time/clock.h>

namespace livery::events {

// Events in the tenant's own database. Thread: any.
class EventLog final : public Events {
 public:
    EventLog(const Clock& clock, IdSource& ids) : clock_(clock), ids_(ids) {}
    void Publish(db::Transaction& tx, const Event& event) override;

 private:
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace livery::events
