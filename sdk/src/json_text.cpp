#include <algorithm>
#include <array>

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <livery/check.h>
#include <livery/db/json_text.h>

namespace livery::db {

namespace {

using Pool = rapidjson::MemoryPoolAllocator<rapidjson::CrtAllocator>;
using Value = rapidjson::GenericValue<rapidjson::UTF8<>, Pool>;

const Value& ValueAt(const void* place) { return *static_cast<const Value*>(place); }

rapidjson::SizeType SizeOf(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
}

const Value* Find(const void* place, std::string_view name) {
    const Value& object = ValueAt(place);
    LIVERY_CHECK(object.IsObject(), "a stored text that is no object");
    const auto found = object.FindMember(Value(name.data(), SizeOf(name)));
    return found == object.MemberEnd() ? nullptr : &found->value;
}

}  // namespace

struct JsonWriter::Buffer {
    rapidjson::StringBuffer text;
    rapidjson::Writer<rapidjson::StringBuffer> writer{text};
};

JsonWriter::JsonWriter() : buffer_(std::make_unique<Buffer>()) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::BeginObject() {
    buffer_->writer.StartObject();
    return *this;
}

JsonWriter& JsonWriter::EndObject() {
    buffer_->writer.EndObject();
    return *this;
}

JsonWriter& JsonWriter::BeginArray() {
    buffer_->writer.StartArray();
    return *this;
}

JsonWriter& JsonWriter::EndArray() {
    buffer_->writer.EndArray();
    return *this;
}

JsonWriter& JsonWriter::Key(std::string_view name) {
    buffer_->writer.Key(name.data(), SizeOf(name));
    return *this;
}

JsonWriter& JsonWriter::Add(std::string_view text) {
    buffer_->writer.String(text.data(), SizeOf(text));
    return *this;
}

JsonWriter& JsonWriter::Add(std::int64_t number) {
    buffer_->writer.Int64(number);
    return *this;
}

std::string JsonWriter::Text() const {
    return {buffer_->text.GetString(), buffer_->text.GetSize()};
}

bool JsonNode::Has(std::string_view name) const { return Find(place_, name) != nullptr; }

JsonNode JsonNode::operator[](std::string_view name) const {
    const Value* found = Find(place_, name);
    LIVERY_CHECK(found != nullptr, "a stored text without " + std::string(name));
    return JsonNode(found);
}

std::string_view JsonNode::Text() const {
    const Value& value = ValueAt(place_);
    LIVERY_CHECK(value.IsString(), "a stored value that is no text");
    return {value.GetString(), value.GetStringLength()};
}

std::int64_t JsonNode::Int() const {
    const Value& value = ValueAt(place_);
    LIVERY_CHECK(value.IsInt64(), "a stored value that is no whole number");
    return value.GetInt64();
}

Decimal JsonNode::Number() const {
    const auto number = Decimal::Parse(Text());
    LIVERY_CHECK(number.has_value(), "a stored number that is none");
    return *number;
}

Date JsonNode::Day() const {
    const auto day = ParseDate(Text());
    LIVERY_CHECK(day.has_value(), "a stored day that is none");
    return *day;
}

CivilTime JsonNode::Time() const {
    const auto time = ParseCivilTime(Text());
    LIVERY_CHECK(time.has_value(), "a stored time that is none");
    return *time;
}

std::size_t JsonNode::size() const {
    const Value& value = ValueAt(place_);
    LIVERY_CHECK(value.IsArray(), "a stored value that is no list");
    return value.Size();
}

JsonNode JsonNode::operator[](std::size_t index) const {
    LIVERY_CHECK(index < size(), "a stored list that is shorter");
    return JsonNode(&ValueAt(place_)[static_cast<rapidjson::SizeType>(index)]);
}

// Most texts fit into the tree's own memory.
struct JsonText::Tree {
    std::array<char, 4096> memory;
    Pool pool{memory.data(), memory.size()};
    rapidjson::GenericDocument<rapidjson::UTF8<>, Pool> document{&pool};
};

// In place, in a copy: texts in it need no second one.
JsonText::JsonText(std::string_view text) : tree_(new Tree) {
    auto* copy = static_cast<char*>(tree_->pool.Malloc(text.size() + 1));
    *std::copy(text.begin(), text.end(), copy) = '\0';
    tree_->document.ParseInsitu(copy);
    LIVERY_CHECK(!tree_->document.HasParseError(), "a stored text that is no JSON");
}
JsonText::~JsonText() = default;

JsonNode JsonText::root() const { return JsonNode(&tree_->document); }

}  // namespace livery::db
