#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <livery/money/decimal.h>
#include <livery/time/frequency.h>

namespace livery::db {

// What of a row no column holds, as JSON text. A run writes and reads such texts by the hundred
// thousand, so none of this builds a tree of maps and strings (ADR 16). Thread: one.

// Writes one text from left to right. What it was told is well formed if the calls were.
class JsonWriter {
 public:
    JsonWriter();
    ~JsonWriter();
    JsonWriter(const JsonWriter&) = delete;

    JsonWriter& BeginObject();
    JsonWriter& EndObject();
    JsonWriter& BeginArray();
    JsonWriter& EndArray();
    JsonWriter& Key(std::string_view name);
    JsonWriter& Add(std::string_view text);
    JsonWriter& Add(std::int64_t number);
    JsonWriter& Set(std::string_view name, std::string_view text) { return Key(name).Add(text); }
    JsonWriter& Set(std::string_view name, std::int64_t number) { return Key(name).Add(number); }
    std::string Text() const;

 private:
    struct Buffer;
    std::unique_ptr<Buffer> buffer_;
};

// A place in a text that was read; lives as long as its JsonText. Asking for what is not there, or
// is of another kind, throws BrokenInvariant: these texts are our own.
class JsonNode {
 public:
    explicit JsonNode(const void* place) : place_(place) {}

    bool Has(std::string_view name) const;
    JsonNode operator[](std::string_view name) const;
    std::string_view Text() const;
    std::int64_t Int() const;
    // Written as texts: exact numbers, days (2026-03-31), civil times.
    Decimal Number() const;
    Date Day() const;
    CivilTime Time() const;
    // Of an array.
    std::size_t size() const;
    JsonNode operator[](std::size_t index) const;

 private:
    const void* place_;
};

// Reads one text, which need not outlive the call.
class JsonText {
 public:
    explicit JsonText(std::string_view text);
    ~JsonText();
    JsonText(const JsonText&) = delete;
    JsonNode root() const;

 private:
    struct Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace livery::db
