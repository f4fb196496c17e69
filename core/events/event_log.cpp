#include "events/event_log.h"

#include "events/event_repository.h"

namespace livery::events {

void EventLog::Publish(db::Transaction& tx, const Event& event) {
    EventRepository::Insert(tx, ids_.Next(), clock_.Now(), event);
}

}  // namespace livery::events
